"""A command that is printed in a language means the same when it is read there.

The names are those of the demo, and each means one thing.
"""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.alert_question import EACH_DAY, as_watched
from bot.commands.command import (
    ChooseLanguage,
    Clause,
    Customers,
    Export,
    ExportForm,
    ForgetMe,
    Help,
    ListDigests,
    Name,
    NewDigest,
    SignIn,
    SignOut,
    Usage,
    WhoAmI,
    Workloads,
)
from bot.commands.run_condition import ALERT
from bot.commands.verbs import TOPICS
from bot.domain.licensing import Dimension
from bot.language.sentence.command_sentence import sentence_of
from bot.language.vocabulary.vocabulary import languages
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.share_filter import ShareRange
from bot.usage.sentence_result import result_of
from tests.demo_directory import demo_directory
from tests.property.language.test_managed_digests import COMMANDS as MANAGED
from tests.property.language.test_managed_digests import CONDITIONS
from tests.property.language.test_read_back import DIGESTS, QUESTIONS, RANGES_OF_DAYS, READER, WHEN

NAMES = demo_directory()
_SHARED = "Contoso"  # several customers are called so: which one is meant is asked


def _named(dimension: Dimension) -> list[Name]:
    return [Name(each.name, id=each.id) for each in NAMES.entries(dimension) if not each.name.startswith(_SHARED)]


def _some(names: list[Name]) -> st.SearchStrategy[tuple[Name, ...]]:
    return st.lists(st.sampled_from(names), unique=True, max_size=2).map(tuple)


CUSTOMERS, PRODUCTS = _named(Dimension.CUSTOMER), _named(Dimension.PRODUCT)
CHANNELS = [Name(each.name) for each in NAMES.entries(Dimension.CHANNEL)]
EXCLUDED = st.one_of(
    _some(CUSTOMERS).map(lambda names: tuple((Clause.FOR, each) for each in names)),
    _some([Name("Exchange"), Name("Teams")]).map(lambda names: tuple((Clause.ON, each) for each in names)),
)


def _with_names(question: Usage, customers: Any, products: Any, channels: Any, excluded: Any) -> Usage:
    """Return the question with names. No row of what is left out is one of those that are asked about."""
    used = question.subjects or products
    of_workloads = any(clause is Clause.ON for clause, _ in excluded)
    clear = not customers and not (of_workloads and (used or question.seats is not None))
    left_out = excluded if clear else ()
    return replace(question, customers=customers, products=products, channels=channels, excluded=left_out)


def _over(question: Usage, days: Any) -> Usage:
    return replace(question, as_of=None, versus=None, period=days)


def _alert(question: Usage, when: Any) -> NewDigest:
    """Return an alert that watches the first limit of the question, each day if it is posted once."""
    limit, amounts = question.limit or ShareRange(high=0.5, high_included=False), ()
    if question.amounts:
        low = max(question.amounts[0].low or 1, 1)
        limit, amounts = None, (AmountRange(question.amounts[0].measure, low),)
    if limit is not None and limit.asks_beyond:
        limit = ShareRange(low=1, low_included=False)
    watched = Usage(question.customers, question.subjects, question.products, question.channels, question.excluded)
    watched = replace(watched, by=question.by, limit=limit, amounts=amounts)
    return NewDigest(as_watched(watched), EACH_DAY if when.once else when, ALERT)


def _digest(question: Usage, other: Usage, when: Any, only: Any) -> NewDigest:
    return NewDigest(replace(question, as_of=None, versus=other.versus), when, None if when.once else only)


ASKED = st.builds(_with_names, QUESTIONS, _some(CUSTOMERS), _some(PRODUCTS), _some(CHANNELS), EXCLUDED)
COMMANDS = st.one_of(
    ASKED,
    st.builds(_over, ASKED, RANGES_OF_DAYS),
    st.builds(_digest, ASKED, DIGESTS, WHEN, st.none() | CONDITIONS),
    st.builds(_alert, ASKED, WHEN),
    st.builds(Export, ASKED, st.sampled_from(ExportForm)),
    MANAGED,
    st.builds(Help, st.none() | st.sampled_from([each.name for each in TOPICS if each.name not in ("help", "hello")])),
    st.builds(ChooseLanguage, st.none() | st.sampled_from(languages())),
    st.sampled_from([Customers(), Workloads(), ListDigests(), SignIn(), SignOut(), WhoAmI(), ForgetMe()]),
)


@pytest.mark.parametrize("language", languages())
@settings(deadline=None)
@given(COMMANDS)
def test_command_is_the_same_after_printing_and_reading_in(language: str, command: Any) -> None:
    sentence = sentence_of(command, language)
    assert result_of(READER.read(sentence, language), sentence) == command, sentence


@given(ASKED.filter(lambda each: each != Usage(order=each.order)))  # `top 1` is said alike in most of them
def test_languages_print_a_question_differently(command: Usage) -> None:
    assert len({sentence_of(command, language) for language in languages()}) == len(languages())
