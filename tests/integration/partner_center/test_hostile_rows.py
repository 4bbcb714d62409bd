"""A hostile source of data: figures are right, or it is said what is unknown."""

import pytest

from bot.domain.licensing import Dimension
from bot.query.reports.report_gaps import Gaps
from tests.integration.partner_center.test_odd_rows import LAMNA, PROSEWARE, of, report

UNKNOWN, NO_DAY = Gaps(unknown=1), Gaps(unknown=1, unreadable_days=1)
SAID_NOTHING, UNDATED, NO_ID = Gaps(), Gaps(undated=1), Gaps(unidentified=1)

# Each changes the row of Proseware, which has 2 of 50: its figures then (None if they are unknown), and what is said.
ROWS = {
    "count as text": ({"licensesActive": "2"}, (2, 50), SAID_NOTHING),
    "count as float": ({"licensesActive": 2.0, "licensesQualified": 5e1}, (2, 50), SAID_NOTHING),
    "count as text with blanks": ({"licensesActive": " 2 "}, (2, 50), SAID_NOTHING),
    "count as text of a float": ({"licensesQualified": "50.0"}, (2, 50), SAID_NOTHING),
    "count with an exponent": ({"licensesQualified": "5e1"}, (2, 50), SAID_NOTHING),
    "count of minus zero": ({"licensesActive": -0.0}, (0, 50), SAID_NOTHING),
    "count in the other spelling": ({"licensesActive": None, "licenseActive": 2}, (2, 50), SAID_NOTHING),
    "count in both spellings": ({"licenseActive": 7}, (2, 50), SAID_NOTHING),
    "count with thousands": ({"licensesQualified": "1,050"}, None, UNKNOWN),
    "count in other digits": ({"licensesQualified": "٥٠"}, None, UNKNOWN),
    "count of 32 bits": ({"licensesQualified": 2**31 - 1}, None, UNKNOWN),
    "count of 64 bits": ({"licensesQualified": 2**63}, None, UNKNOWN),
    "count of a thousand digits": ({"licensesQualified": 10**999}, None, UNKNOWN),
    "count that is not a number": ({"licensesQualified": float("nan")}, None, UNKNOWN),
    "count that is infinite": ({"licensesActive": float("inf")}, None, UNKNOWN),
    "count that is true": ({"licensesActive": True}, None, UNKNOWN),
    "count in a list": ({"licensesActive": [2]}, None, UNKNOWN),
    "count that is empty": ({"licensesActive": ""}, None, UNKNOWN),
    "id in braces": ({"customerTenantId": "{0112A436-B14E-4888-967B-000000000002}"}, (2, 50), SAID_NOTHING),
    "id with blanks": ({"customerTenantId": " 0112a436-b14e-4888-967b-000000000002\t"}, (2, 50), SAID_NOTHING),
    "id with a soft hyphen": ({"customerTenantId": "0112A436-B14E\u00ad-4888"}, (2, 50), SAID_NOTHING),
    "id that is a number": ({"customerTenantId": 2}, (2, 50), SAID_NOTHING),
    "id that is an object": ({"customerTenantId": {"id": 2}}, (2, 50), NO_ID),
    "id of zeros in brackets": ({"customerTenantId": f"({'0' * 32})"}, (2, 50), NO_ID),
    "product that is null": ({"productId": None, "productName": None}, (2, 50), SAID_NOTHING),
    "service that is unknown": ({"serviceCode": "quantum", "serviceName": None}, (2, 50), SAID_NOTHING),
    "day in year 0": ({"processedDateTime": "0000-00-00T00:00:00"}, None, NO_DAY),
    "day that is none": ({"processedDateTime": "2026-02-31T00:00:00"}, None, NO_DAY),
    "day as a number": ({"processedDateTime": 1773100800}, None, NO_DAY),
    "day with a sign": ({"processedDateTime": "+012026-03-10T00:00:00"}, None, NO_DAY),
    "day in an object": ({"processedDateTime": {"value": None}}, None, NO_DAY),
    "day that is empty": ({"processedDateTime": ""}, (2, 50), UNDATED),
}
NAMES = [
    "Prose\x00\x1b[31mware",
    "\ufeffProseware",
    "\u202eerawesorP",
    "\u200b",
    None,
    ["Proseware"],
    "=cmd|' /C'!A0",
    "x" * 9_999,
]


def figures(found):
    """Return the figures by the end of the customer's id."""
    ids = {row.entries[Dimension.CUSTOMER].name: row.figures.sums for row in found.rows}
    return sorted((sums.active, sums.qualified) for sums in ids.values())


@pytest.mark.parametrize("first", [True, False], ids=["first", "last"])
@pytest.mark.parametrize("what", ROWS)
async def test_odd_value_changes_its_own_row_alone(servers, client, say, alice, what, first):
    change, known, gaps = ROWS[what]
    odd, even = of(say, PROSEWARE, 2, 50) | change, of(say, LAMNA, 10, 20)
    rows = [odd, even] if first else [even, odd]
    found = await report(client(await servers(say.page(*rows, total=2))), alice)
    assert figures(found) == sorted([(10, 20), *([known] if known else [])])
    assert found.gaps == gaps
    assert len(found.unknown) == gaps.unknown


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
async def test_name_of_any_kind_changes_no_figure(servers, client, say, alice, name):
    odd = of(say, PROSEWARE, 2, 50, customerName=name)
    found = await report(client(await servers(say.page(of(say, LAMNA, 10, 20), odd, total=2))), alice)
    assert (figures(found), found.gaps) == ([(2, 50), (10, 20)], Gaps())
    assert all(row.entries[Dimension.CUSTOMER].label.strip() for row in found.rows)


def pages(say, *of_pages, **options):
    """Serve pages with a link to the next one, or rows from `skip` on."""

    def serve(request):
        if skip := int(request.query.get("skip", 0)):
            return say.page(*[row for page in of_pages for row in page][skip:], **options)
        at = int(request.query.get("page", 0))
        link = f"{request.path}?page={at + 1}" if at + 1 < len(of_pages) else None
        return say.page(*of_pages[at], link=link, **options)

    return serve


@pytest.mark.parametrize(
    ("second", "expected", "gaps"),
    [
        ({}, [(2, 50), (10, 20)], Gaps(repeated=1, incomplete=True)),
        ({"processedDateTime": "2026-03-08T00:00:00", "licensesActive": 9}, [(2, 50), (10, 20)], Gaps()),
        ({"processedDateTime": "2026-03-12T00:00:00", "licensesActive": 9}, [(9, 50), (10, 20)], None),
        ({"licensesActive": 3}, [(10, 20)], Gaps(unknown=2)),
        ({"licensesActive": None}, [(2, 50), (10, 20)], Gaps(unknown=1)),
        ({"productId": "E5", "licensesActive": None}, [(2, 50), (10, 20)], Gaps(unknown=1)),
        (
            {"customerTenantId": "{0112a436b14e4888967b000000000002}"},
            [(2, 50), (10, 20)],
            Gaps(repeated=1, incomplete=True),
        ),
    ],
    ids=["again", "older", "newer", "contrary", "unknown", "another-unknown", "spelled"],
)
async def test_further_page_about_the_same_customer(servers, client, say, alice, second, expected, gaps):
    one, other = of(say, LAMNA, 10, 20), of(say, PROSEWARE, 2, 50)
    found = await report(client(await servers(pages(say, [one, other], [other | second]))), alice)
    assert figures(found) == expected
    assert gaps is None or found.gaps == gaps
    [partly] = [row for row in found.rows if row.figures.sums.qualified == 50] or [None]
    assert partly is None or partly.unknown == found.gaps.unknown


async def test_empty_pages_between_full_ones_lose_no_row(servers, client, say, alice):
    script = await servers(pages(say, [], [of(say, LAMNA, 10, 20)], [], [of(say, PROSEWARE, 2, 50)], []))
    found = await report(client(script), alice)
    assert (figures(found), found.gaps) == ([(2, 50), (10, 20)], Gaps())


@pytest.mark.parametrize("total", [0, 1, 3, 10**18])
async def test_total_that_lies_hides_no_row_of_the_pages(servers, client, say, alice, total):
    """It is too small, too large, or that of each page."""
    rows = [of(say, LAMNA, 10, 20)], [of(say, PROSEWARE, 2, 50)]
    found = await report(client(await servers(pages(say, *rows, total=total))), alice)
    assert figures(found) == [(2, 50), (10, 20)]
    assert found.gaps.may_be_incomplete is (total > 2)
