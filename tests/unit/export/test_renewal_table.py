"""A file of renewals: each subscription once, and numbers that can be added."""

from datetime import date

from bot.commands.answer_kind import AnswerKind
from bot.commands.command import ExportForm, Usage
from bot.domain.figures import Licenses
from bot.domain.subscriptions import Renewing, Subscription, SubscriptionSource, SubscriptionState
from bot.export.export_file import file_name, write
from bot.export.renewal_table import renewal_table
from bot.query.selling.line_choice import Undecided
from bot.query.selling.renewal_line import DatedCount, NumberSource, RenewalLine, Unjoined, WorkloadUse
from bot.query.selling.renewal_lines import BY
from bot.query.usage_query import UsageQuery
from bot.usage.kinds.selling.renewal_answer import RenewalAnswer
from bot.usage.kinds.selling.renewal_facts import SourceNote
from bot.usage.query_plan import QueryPlan
from tests.unit.export.made_answers import ANN, ASKED_AT, DAY, WORDS

END = date(2018, 12, 1)


def term(id_: str, seats: int, state: SubscriptionState = SubscriptionState.ACTIVE) -> Subscription:
    return Subscription(
        id_, "c", "Contoso", "E3", SubscriptionSource.LIVE, seats=seats, end=END, renewing=Renewing.OFF, state=state
    )


SOLD = RenewalLine(
    "c", "Contoso", "p", "=E3", (term("s-0001", 10), term("s-0002", 5, SubscriptionState.EXPIRED)),
    DatedCount(20, NumberSource.DEPLOYMENT, DAY), DatedCount(15, NumberSource.DEPLOYMENT, DAY),
    WorkloadUse("Exchange", Licenses.of(6, 12), DAY),
)  # fmt: skip
PRODUCT = RenewalLine("c", "Contoso", "q", "Visio", unjoined=Unjoined.NO_SUBSCRIPTION)
ANSWER = RenewalAnswer(
    Usage(kind=AnswerKind.RENEWALS), QueryPlan(UsageQuery(), BY, ()), (SOLD, PRODUCT), 2, END,
    {Undecided.NO_USE: 3}, {}, (SourceNote(NumberSource.LIVE, DAY),),
)  # fmt: skip
TABLE = renewal_table(ANSWER, ANN, ASKED_AT, WORDS)


def column(heading: str) -> list[object]:
    at = [each.heading for each in TABLE.columns].index(heading)
    return [row[at] for row in TABLE.rows]


def test_each_subscription_has_a_row_and_so_has_a_product_without_one() -> None:
    assert column("Subscription, end of its id") == ["0001", "0002", None]
    assert column("Term ends") == [END, END, None]
    assert column("Bought from you") == [10, 5, None]


def test_numbers_of_a_product_are_there_once() -> None:
    assert column("Sold") == [20, None, None]
    assert column("Active") == [6, None, None]
    assert column("In use") == [0.5, None, None]
    assert column("Workload") == ["Exchange", None, None]


def test_remarks_and_facts_say_what_is_odd_and_what_is_missing() -> None:
    first, second, third = column("Remarks")
    assert (first, second) == (None, "expired")
    assert "no id connects it" in str(third)
    told = [text for _, text in TABLE.facts]
    assert any("3 products whose usage is not known" in each for each in told)
    assert any("your subscriptions" in each for each in told)


def test_file_runs_no_formula_and_is_called_after_what_it_has() -> None:
    assert b"'=E3" in write(TABLE, ExportForm.CSV)
    assert write(TABLE, ExportForm.XLSX).startswith(b"PK")
    assert file_name(("Contoso",), DAY, ExportForm.CSV, about="renewals") == "renewals-Contoso-2018-10-28.csv"
