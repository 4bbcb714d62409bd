"""When the older report can be used, and how its rows are read."""

from datetime import date

import pytest

from bot.domain.licensing import DeploymentRow, Field, UsageRow
from bot.domain.report_kind import ReportKind
from bot.errors import EndpointMissingError
from bot.partner_center.protocol.superseded_report import only_customer, says_nothing, select
from bot.query.filters.expression import And, Eq, Ne, Or
from bot.query.usage_query import UsageQuery

ID = "0112A436-B14E-4888-967B-CA4BB2CF1234"
CUSTOMER = Eq(Field.CUSTOMER_TENANT_ID, ID)
EXO = Eq(Field.WORKLOAD_CODE, "EXO")


def row(workload, service="o365", **other):
    return UsageRow(workload=workload, service=service, product="E3", customer="TEST COMPANY", qualified=1, **other)


ROWS = [row("Exchange"), row("SharePoint"), row("Teams"), row("Microsoft Dynamics CRM", "crm")]


def workloads(expression, rows=ROWS):
    return [found.workload for found in select(rows, expression, ID.lower())]


@pytest.mark.parametrize(
    "expression",
    [
        CUSTOMER,
        And((EXO, CUSTOMER)),
        And((EXO, Or((CUSTOMER, Eq(Field.CUSTOMER_TENANT_ID, ID.lower()))))),
        And((CUSTOMER, Ne(Field.CUSTOMER_TENANT_ID, "x"))),
        Or((And((CUSTOMER, EXO)), And((CUSTOMER, Ne(Field.CHANNEL, "direct"))))),
    ],
)
def test_only_customer_returns_the_id_when_a_query_has_one_customer(expression):
    assert only_customer(UsageQuery(expression=expression)) == ID.lower()


@pytest.mark.parametrize(
    "query",
    [
        UsageQuery(),
        UsageQuery(expression=EXO),
        UsageQuery(expression=Or((CUSTOMER, EXO))),
        UsageQuery(expression=Or((CUSTOMER, Eq(Field.CUSTOMER_TENANT_ID, ID.replace("0", "1"))))),
        UsageQuery(expression=Ne(Field.CUSTOMER_TENANT_ID, ID)),
        UsageQuery(expression=Eq(Field.CUSTOMER_TENANT_ID, "../../x")),
        UsageQuery(expression=CUSTOMER, processed=date(2018, 10, 7)),
        UsageQuery(expression=CUSTOMER, groupby=(Field.CHANNEL,)),
        UsageQuery(expression=CUSTOMER, skip=10),
    ],
)
def test_only_customer_returns_none_for_any_other_query(query):
    assert only_customer(query) is None


def test_a_documented_code_is_read_from_the_name():
    assert workloads(And((CUSTOMER, EXO))) == ["Exchange"]
    assert workloads(And((CUSTOMER, Ne(Field.WORKLOAD_CODE, "exo")))) == [
        "SharePoint",
        "Teams",
        "Microsoft Dynamics CRM",
    ]


def test_a_code_matches_when_it_equals_the_name():
    assert workloads(And((CUSTOMER, Eq(Field.WORKLOAD_CODE, "TEAMS"))), ROWS[:3]) == ["Teams"]


def test_the_service_code_is_read_from_the_service_name():
    found = select(ROWS, And((CUSTOMER, Eq(Field.SERVICE_CODE, "CRM"))), ID)
    assert [(line.service_code, line.service) for line in found] == [("crm", "Microsoft Dynamics")]


def test_a_code_in_the_row_is_preferred_over_its_name():
    assert workloads(And((CUSTOMER, EXO)), [row("Messagerie", workload_code="EXO")]) == ["Messagerie"]


def test_the_customer_is_filled_in():
    assert select(ROWS, CUSTOMER, ID.lower())[0].customer_id == ID


@pytest.mark.parametrize(
    "expression", [Eq(Field.PRODUCT_ID, "6FD2"), Ne(Field.PRODUCT_ID, "6FD2"), Eq(Field.WORKLOAD_CODE, "YAMMER")]
)
def test_select_raises_when_the_rows_lack_a_compared_value(expression):
    with pytest.raises(EndpointMissingError):
        select(ROWS, And((CUSTOMER, expression)), ID)


SOLD = [
    DeploymentRow(product="E3", service="o365", channel="Reseller", licenses_active=41, qualified=50),
    DeploymentRow(product="E5", service="crm", channel="Direct", licenses_active=1, qualified=2),
]


@pytest.mark.parametrize(
    ("expression", "products"),
    [
        (CUSTOMER, ["E3", "E5"]),
        (Eq(Field.PRODUCT_NAME, "e3"), ["E3"]),
        (Ne(Field.CHANNEL, "reseller"), ["E5"]),
        (Eq(Field.SERVICE_CODE, "CRM"), ["E5"]),
        (Eq(Field.SERVICE_NAME, "Microsoft Office 365"), ["E3"]),
    ],
)
def test_sold_licenses_of_the_older_report_are_selected_by_name(expression, products):
    found = select(SOLD, And((CUSTOMER, expression)), ID.lower())
    assert [(row.product, type(row), row.customer_id) for row in found] == [
        (product, DeploymentRow, ID) for product in products
    ]


@pytest.mark.parametrize("expression", [Eq(Field.PRODUCT_ID, "6FD2"), Ne(Field.PRODUCT_ID, "6FD2")])
def test_sold_licenses_are_not_selected_by_an_id_that_they_lack(expression):
    with pytest.raises(EndpointMissingError):
        select(SOLD, And((CUSTOMER, expression)), ID)


@pytest.mark.parametrize("report", ReportKind)
@pytest.mark.parametrize("rows", [0, 1])
def test_only_an_empty_list_of_sold_licenses_says_nothing(report, rows):
    assert says_nothing(report, rows) is (report is ReportKind.DEPLOYMENT and rows == 0)
