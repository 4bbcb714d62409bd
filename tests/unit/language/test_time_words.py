"""Test that a language is data: a file of it is all that a new language needs."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.language.moments.time_phrases import TimePhrase, time_phrases
from bot.language.moments.time_values import Coming, OnDay, OneOfDays, Period, TimeValue
from bot.language.moments.time_words import TimeFile, TimeWords
from bot.language.text.message_text import plain
from bot.language.text.tokenizer import tokens
from tests.language.spoken_times import line

NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Madrid"))
SPANISH = TimeFile(
    language="es",
    order="dmy",
    words={
        "and": {",": 0, "y": 0},
        "weekday": {"lunes": 0, "martes": 1, "viernes": 4},
        "month": {"octubre": 10, "diciembre": 12},
        "unit": {"día|días": "day", "semana|semanas": "week"},
        "counted": {"un|una": 1, "dos": 2, "tres": 3},
        "relative": {"hoy": 0, "ayer": -1, "mañana": 1},
        "shift": {"la": 0},
    },
    templates={
        "ago": ("hace {count} {unit}",),
        "day_month": ("[el] {dom} de {month} [de {year}]",),
        "last_weekday": ("[el] {weekday} pasado",),
        "tail": ("a las {clock:said_clock}", "a las {clock}"),
        "every": ("(cada|todos los) {days:weekdays}",),
        "since": ("desde {point}",),
    },
)


def spanish(text: str) -> list[str]:
    words = tokens(plain(text))
    found = time_phrases(words, [TimeWords.of(SPANISH)], NOW)
    return [line(each.value) for each in found if (each.start, each.end) == (0, len(words))]


def found_in(text: str, *languages: str) -> list[TimePhrase]:
    return time_phrases(tokens(plain(text)), [TimeWords.load(each) for each in languages], NOW)


def values(text: str, *languages: str) -> list[TimeValue]:
    return [phrase.value for phrase in found_in(text, *languages)]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("ayer", ["2026-11-29"]),
        ("hace tres días", ["2026-11-27"]),
        ("el 14 de octubre de 2018", ["2018-10-14"]),
        ("el viernes pasado", ["2026-11-27"]),
        ("cada lunes y viernes a las 9", ["every mon,fri 09:00"]),
        ("desde octubre", ["2026-10-01 to 2026-11-30"]),
        ("14/10/2018", ["2018-10-14"]),
    ],
)
def test_a_sixth_language_needs_no_code(phrase: str, expected: list[str]):
    assert spanish(phrase) == expected


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"templates": {"fortnight": ("{count}",)}}, "no frame is called 'fortnight'"),
        ({"templates": {"ago": ("hace {count}",)}}, "wrong slots"),
        ({"templates": {"ago": ("hace ({count} {unit}",)}}, "not closed"),
        ({"templates": {"ago": ("hace {count} {unit})",)}}, "not a template"),
        ({"templates": {"ago": ("[hace]",)}}, "not a template"),
        ({"templates": {"ago": ("hace {count",)}}, "not a template"),
        ({"templates": {"point": ("{value:until}",), "until": ("hasta {point}",)}}, "circle"),
    ],
)
def test_a_faulty_file_is_refused_with_the_reason(change: dict[str, Any], message: str):
    words = {"unit": {"día": "day"}}
    with pytest.raises(ValueError, match=message):
        TimeWords.of(TimeFile(language="es", order="dmy", words=words, **change))


def test_a_language_without_a_file_is_refused():
    with pytest.raises(FileNotFoundError):
        TimeWords.load("xx")


def test_a_date_of_figures_is_two_days_in_english_and_one_in_dutch():
    both = OneOfDays((date(2018, 3, 4), date(2018, 4, 3)))
    assert values("usage 03/04/2018", "en") == [both]
    assert values("gebruik 03/04/2018", "nl", "en") == [OnDay(date(2018, 4, 3)), both]


def test_phrases_name_their_language_and_words_of_several_are_found():
    found = found_in("usage last monday and gisteren", "en", "nl")
    assert {(each.start, each.end, each.language) for each in found} >= {(1, 3, "en"), (4, 5, "nl")}


def test_quoted_names_hold_no_times():
    assert found_in('usage for "yesterday" and “every monday at 9”', "en") == []


def test_short_phrases_are_found_within_longer_ones():
    found = found_in("since last month", "en")
    assert {(each.start, each.end) for each in found} == {(0, 3), (1, 3)}


def test_words_that_often_mean_something_else_cost_more():
    found = found_in("march", "en")
    assert [(each.value, each.cost) for each in found] == [
        (Period(date(2026, 3, 1), date(2026, 3, 31), "march"), 0.5),
        (Coming(date(2027, 3, 1), date(2027, 3, 31)), 0.7),
    ]
    # By accident sooner than a longer word; the next one to come is less likely than the last one.
    assert [each.cost for each in found_in("may", "en")] == pytest.approx([0.9, 1.1])
    assert [each.cost for each in found_in("may 2018", "en") if each.end - each.start == 2] == [0.0]
