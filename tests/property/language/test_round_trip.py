"""Every command is printed as a sentence that means the same.

Also if no name in it can be looked up.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import available_timezones

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.clauses import names_of, with_names
from bot.commands.command import (
    ChangeDigest,
    Clause,
    Command,
    Customers,
    DigestAction,
    ForgetMe,
    HandleDigest,
    Hello,
    Help,
    ListDigests,
    Name,
    NewDigest,
    Usage,
    Workloads,
)
from bot.commands.verbs import TOPICS
from bot.domain.licensing import Dimension, Field
from bot.domain.recurrence import Monthly, OneTime, Schedule, Weekly
from bot.language.sentence.command_sentence import sentence_of
from bot.language.text.message_text import tidy
from bot.query.filters.expression import And, Eq, Expression, Ne, Or
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.usage.offline_sentence import printed_command

NOW = datetime(2018, 10, 24, 10, 0, 30, tzinfo=UTC)
TODAY = NOW.date()

# A zone of one word, like Cuba, is a word like any other in a sentence.
ZONES = ["UTC", *sorted(name for name in available_timezones() if "/" in name)]

_awkward = st.sampled_from(
    [
        *(
            "Focus on IT",
            "Not for Profit Ltd",
            "Company on Fire",
            "O'Brien & Sons",
            "Top Gear by Design",
            "usage",
            "every day",
            "Monday",
            "at 9",
            "daily",
            "Digest Media",
            "in 5 minutes",
            "for",
        ),
        *(
            "Smith and Sons, Inc.",
            "'s-Hertogenbosch BV",
            'The "Best" Co',
            "“Smart” & Co",
            "«Angle»",
            "50%",
            "2018-10-14",
        ),
        *(
            "Exchange",
            "help",
            "?",
            ",",
            "&amp; Sons",
            "<at>Bot</at>",
            "a <b> c",
            "🚀",
            "👩‍👩‍👧",
            "שלום",
            "Ｆｕｌｌ",
            "yesterday",
        ),
        *('"', '""', "'", "''", "Rock 'n' Roll", "TEST COMPANY's", "Yahoo!", "the", "10/14/2018", "top 10", "&", "A&B"),
    ]
)

_text = (_awkward | st.text(min_size=1, max_size=20)).map(tidy).filter(bool)
_name = _text.map(Name)
_some = st.lists(_name, max_size=3, unique=True).map(tuple)
_fraction = st.integers(1, 3_000_000).map(lambda n: n / 1_000_000)
_limit = st.one_of(
    st.builds(ShareRange, low=_fraction, low_included=st.booleans()),
    st.builds(ShareRange, high=_fraction, high_included=st.booleans()),
    st.tuples(_fraction, _fraction)
    .filter(lambda both: both[0] != both[1])
    .map(sorted)
    .flatmap(lambda both: st.builds(ShareRange, *map(st.just, both), st.booleans(), st.booleans())),
)
_value = st.text(max_size=12).map(lambda text: tidy(f"x{text}x")[1:-1]) | _awkward
_comparison = st.builds(Eq, st.sampled_from(Field), _value) | st.builds(Ne, st.sampled_from(Field), _value)
_conjunction = st.lists(_comparison, min_size=2, max_size=3).map(lambda terms: And(tuple(terms)))
_expression: st.SearchStrategy[Expression] = st.one_of(
    _comparison,
    _conjunction,
    st.lists(_comparison | _conjunction, min_size=2, max_size=3).map(lambda terms: Or(tuple(terms))),
)


def _apart(usage: Usage) -> Usage:
    """Leave out exclusions of workloads and products beside others: no row of one is of another.

    Those that are left out together are printed together.
    """
    some = sorted(usage.excluded, key=lambda pair: pair[0])
    if usage.subjects or usage.products:
        some = [pair for pair in some if pair[0] not in (Clause.ON, Clause.IN)]
    return replace(usage, excluded=tuple(some))


_usage = st.builds(
    Usage,
    customers=_some,
    subjects=_some,
    products=_some,
    channels=_some.map(lambda names: tuple(Name(each.text, id=None) for each in names)),
    excluded=st.lists(st.tuples(st.sampled_from(Clause), _name), max_size=3, unique=True).map(tuple),
    by=st.lists(st.sampled_from(Dimension), unique=True, max_size=3).map(tuple),
    limit=st.none() | _limit,
    order=st.none() | st.builds(TopBottom, st.integers(1, 10_000), st.booleans()),
    as_of=st.none() | st.dates(min_value=date(2000, 1, 1), max_value=TODAY),
    expression=st.none() | _expression,
).map(_apart)
_days = st.sets(st.integers(0, 6), min_size=1).map(frozenset).map(Weekly)
_schedule = st.one_of(
    st.builds(
        Schedule,
        _days | st.builds(Monthly, st.integers(1, 31)),
        st.builds(time, st.integers(0, 23), st.integers(0, 59)),
        st.none() | st.sampled_from(ZONES),
    ),
    st.integers(1, 9_999).map(OneTime).map(Schedule),
)
# A digest has the newest figures, and no fixed day.
_digest = st.builds(NewDigest, _usage.map(lambda usage: replace(usage, as_of=None)), st.none() | _schedule)
_number = st.integers(1, 999_999_999)
_commands: st.SearchStrategy[Command] = st.one_of(
    _usage,
    st.builds(Help, st.none() | st.sampled_from([verb.name for verb in TOPICS if verb.name not in ("help", "hello")])),
    st.builds(Hello),
    st.builds(Customers, st.none() | _text),
    st.builds(Workloads),
    _digest,
    st.builds(ListDigests),
    st.builds(HandleDigest, st.sampled_from(DigestAction), _number),
    st.builds(ChangeDigest, _number, st.none() | _schedule),
    st.builds(ForgetMe),
)


def read(sentence: str) -> object:
    """Return what a sentence asks, with names as they were typed."""
    return typed(printed_command(sentence, NOW))


def typed(command: object) -> object:
    """Return the command without ids, which no typed name has but that of a channel."""
    if isinstance(command, NewDigest):
        return replace(command, question=typed(command.question))
    if not isinstance(command, Usage):
        return command
    for clause, _ in names_of(command):
        command = with_names(command, clause, lambda names: tuple(Name(each.text) for each in names))
    return replace(command, excluded=tuple((clause, Name(name.text)) for clause, name in command.excluded))


@settings(deadline=None)
@given(_commands)
def test_command_is_the_same_after_printing_and_reading(command: Command) -> None:
    assert read(sentence_of(command)) == command


@settings(deadline=None)
@given(_commands)
def test_canonical_sentence_is_one_line_of_valid_unicode(command: Command) -> None:
    sentence = sentence_of(command)
    assert sentence.encode()
    assert sentence == " ".join(sentence.splitlines())
