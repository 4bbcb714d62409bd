"""What narrows a question is in the heading of its answer."""

from datetime import date

from bot.commands.command import Clause, Name, Usage
from bot.domain.figures import LicenseMeasure, Licenses
from bot.domain.licensing import Dimension, Entry, Field
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.expression import Eq
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.query.usage_query import UsageQuery
from bot.usage.query_plan import QueryPlan
from bot.usage.question_scope import narrowed
from cards.parts.scope_text import scope_in_words
from cards.views.usage_views import Narrowing
from cards.wording.locale_words import LocaleWords

PLAN = QueryPlan(UsageQuery(), (), ())


def test_everything_that_narrows_is_listed_in_order() -> None:
    command = Usage(
        excluded=((Clause.ON, Name("sk4b")),),
        limit=ShareRange(low=0.125, high=0.5, high_included=False),
        order=TopBottom(20),
        as_of=date(2018, 10, 14),
        expression=Eq(Field.CHANNEL, "reseller"),
    )
    plan = QueryPlan(UsageQuery(), (), (), (Entry(Dimension.WORKLOAD, "SK4B", "Skype"),))
    assert narrowed(command, plan) == (
        Narrowing("without", names=("Skype",)),
        Narrowing("filter", text="channel eq 'reseller'"),
        Narrowing("at_least", shares=(0.125,)),
        Narrowing("below", shares=(0.5,)),
        Narrowing("top", count=20),
        Narrowing("day", day=date(2018, 10, 14)),
    )


def test_bounds_are_named_as_the_question_means_them() -> None:
    def kinds(limit: ShareRange) -> list[str]:
        return [each.kind for each in narrowed(Usage(limit=limit), PLAN)]

    assert kinds(ShareRange(low=0.2, high=0.4)) == ["between"]
    assert kinds(ShareRange(low=1.0, low_included=False)) == ["above"]
    assert kinds(ShareRange(high=0.5)) == ["at_most"]
    assert [each.kind for each in narrowed(Usage(order=TopBottom(3, lowest=True)), PLAN)] == ["bottom"]
    assert narrowed(Usage(), PLAN) == ()


def test_numbers_of_licenses_are_listed_after_percentages() -> None:
    command = Usage(
        limit=ShareRange(high=0.5),
        amounts=(AmountRange(LicenseMeasure.UNUSED, low=101), AmountRange(LicenseMeasure.ACTIVE, 5, 10)),
        order=TopBottom(3, measure=LicenseMeasure.UNUSED),
    )
    assert narrowed(command, PLAN) == (
        Narrowing("at_most", shares=(0.5,)),
        Narrowing("above", numbers=(100,), measure="unused"),
        Narrowing("between", numbers=(5, 10), measure="active"),
        Narrowing("top", count=3, measure="unused"),
    )


def test_unused_licenses_are_named_as_what_is_selected() -> None:
    trial, idle, used = Licenses(11, 8, 8), Licenses.of(0, 8), Licenses.of(1, 8)
    limit = ShareRange(high=0.0)
    assert [limit.admits(each) for each in (trial, idle, used, Licenses.of(3, 0))] == [True, True, False, False]
    found = narrowed(Usage(limit=limit), PLAN)
    assert scope_in_words(("Exchange",), found, LocaleWords.load("en")) == ["Exchange", "no qualified license in use"]
    assert [each.kind for each in narrowed(Usage(limit=ShareRange(high=0.0, high_included=False)), PLAN)] == ["below"]
