"""Every command is printed as a sentence that parses to the same command."""

from datetime import date, time
from zoneinfo import available_timezones

from hypothesis import given, settings
from hypothesis import strategies as st

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
from bot.language.sentence.parser import parse
from bot.language.text.message_text import tidy
from bot.query.filters.expression import And, Eq, Expression, Ne, Or
from bot.query.filters.share_filter import ShareRange, TopBottom

TODAY = date(2018, 10, 24)

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
_some = st.lists(_name, max_size=3).map(tuple)
_fraction = st.integers(0, 3_000_000).map(lambda n: n / 10_000) | st.floats(0, 9, allow_subnormal=False).filter(
    lambda x: x == 0 or x > 1e-9
)
_limit = st.one_of(
    st.builds(ShareRange, low=_fraction, low_included=st.booleans()),
    st.builds(ShareRange, high=_fraction, high_included=st.booleans()),
    st.builds(ShareRange, _fraction, _fraction, st.booleans(), st.booleans()),
)
_value = st.text(max_size=12).map(lambda text: tidy(f"x{text}x")[1:-1]) | _awkward
_comparison = st.builds(Eq, st.sampled_from(Field), _value) | st.builds(Ne, st.sampled_from(Field), _value)
_conjunction = st.lists(_comparison, min_size=2, max_size=3).map(lambda terms: And(tuple(terms)))
_expression: st.SearchStrategy[Expression] = st.one_of(
    _comparison,
    _conjunction,
    st.lists(_comparison | _conjunction, min_size=2, max_size=3).map(lambda terms: Or(tuple(terms))),
)
_usage = st.builds(
    Usage,
    customers=_some,
    subjects=_some,
    products=_some,
    channels=_some,
    excluded=st.lists(st.tuples(st.sampled_from(Clause), _name), max_size=3).map(tuple),
    by=st.lists(st.sampled_from(Dimension), unique=True, max_size=3).map(tuple),
    limit=st.none() | _limit,
    order=st.none() | st.builds(TopBottom, st.integers(1, 10_000), st.booleans()),
    as_of=st.none() | st.dates(min_value=date(1000, 1, 1), max_value=TODAY),
    expression=st.none() | _expression,
)
_days = st.sets(st.integers(0, 6), min_size=1).map(frozenset).map(Weekly)
_schedule = st.one_of(
    st.builds(
        Schedule,
        _days | st.builds(Monthly, st.integers(1, 31)),
        st.builds(time, st.integers(0, 23), st.integers(0, 59)),
        st.none() | st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"})),
    ),
    st.integers(1, 10_080).map(OneTime).map(Schedule),
)
_digest = st.builds(NewDigest, _usage, st.none() | _schedule)
_number = st.integers(1, 999_999_999)
_commands: st.SearchStrategy[Command] = st.one_of(
    _usage,
    st.builds(Help, st.none() | st.sampled_from([verb.name for verb in TOPICS])),
    st.builds(Hello),
    st.builds(Customers, st.none() | _text),
    st.builds(Workloads),
    _digest,
    st.builds(ListDigests),
    st.builds(HandleDigest, st.sampled_from(DigestAction), _number),
    st.builds(ChangeDigest, _number, st.none() | _schedule),
    st.builds(ForgetMe),
)


@settings(deadline=None)
@given(_commands)
def test_command_is_the_same_after_printing_and_parsing(command: Command) -> None:
    assert parse(sentence_of(command), today=TODAY) == command


@settings(deadline=None)
@given(_usage)
def test_quoted_sentence_is_the_same_when_directory_is_empty(usage: Usage) -> None:
    sentence = sentence_of(usage)
    read = parse(sentence, today=TODAY, knows=lambda _clause, _name: False)
    assert isinstance(read, Usage)
    assert sentence_of(read) == sentence


@settings(deadline=None)
@given(_digest)
def test_digest_is_the_same_when_directory_is_empty(digest: NewDigest) -> None:
    sentence = sentence_of(digest)
    read = parse(sentence, today=TODAY, knows=lambda _clause, _name: False)
    assert isinstance(read, NewDigest)
    assert read.schedule == digest.schedule
    assert sentence_of(read) == sentence


@settings(deadline=None)
@given(_commands)
def test_canonical_sentence_is_one_line_of_valid_unicode(command: Command) -> None:
    sentence = sentence_of(command)
    assert sentence.encode()
    assert sentence == " ".join(sentence.splitlines())
