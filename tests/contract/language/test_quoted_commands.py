"""What a text quotes as a command means the same in each language as in English."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from bot.cli.explanation.explanation import as_fields
from bot.cli.explanation.person_clock import PersonClock
from bot.cli.explanation.reading_explainer import ReadingExplainer
from bot.language.reading.sentence_reader import SentenceReader
from cards.wording.locale_words import SOURCE, LocaleWords, Text, available
from tests.demo_directory import demo_directory

ZONE = "Europe/Amsterdam"
NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo(ZONE))
QUOTED = re.compile(r"„([^”“]*)[”“]|“([^”]*)”|«\s*([^»]*?)\s*»")
# What a person typed or saw on a card, and commands of a shell.
NOT_READ = re.compile(r"\{\w+\}|usagebot .*")
OTHERS = tuple(each for each in available() if each != SOURCE)
# Translations name another code or digest, and "pause" for "snooze". Hungarian compares with a day of the last month,
# not with all of it.
LOOSE = ("target", "language", "versus")


def forms(text: Text) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text.values())


def quoted(text: str) -> list[str]:
    """Return what is in quotes, without placeholders for what a person typed."""
    found = ("".join(each).strip("… ") for each in QUOTED.findall(text))
    return [each for each in found if each and not NOT_READ.fullmatch(each)]


@cache
def explainer() -> ReadingExplainer:
    return ReadingExplainer(SentenceReader(demo_directory().spans, NOW), PersonClock(NOW, ZONE))


@cache
def meant(text: str, language: str) -> object:
    """Return the outcome of a text, and what it means."""
    typed = re.sub(r"Europe/\w+", ZONE, text)
    typed = typed.format(number=2, code="nl", question="Exchange")
    read = as_fields("", explainer().explain(typed, LocaleWords.load(SOURCE), (), language))
    meaning = {name: value for name, value in (read["meaning"] or {}).items() if name not in LOOSE}
    if meaning.get("do") == "mute":
        meaning["do"] = "pause"
    return ("answer" if meaning.get("act") == "manage" else read["outcome"]), meaning


def titles(locale: str) -> dict[str, set[str]]:
    """Return the keys by their texts: a quoted text may be that of a button."""
    found: dict[str, set[str]] = {}
    for key, text in LocaleWords.load(locale).texts.items():
        for form in forms(text):
            found.setdefault(form, set()).add(key)
    return found


def pairs(locale: str) -> Iterator[tuple[str, str, str]]:
    """Yield the key of a text, what is quoted in English, and in the language."""
    english, other = (LocaleWords.load(each).texts for each in (SOURCE, locale))
    for key in english:
        both = quoted(forms(english[key])[-1]), quoted(forms(other[key])[-1])
        assert len(both[0]) == len(both[1]), key
        yield from ((key, one, two) for one, two in zip(*both, strict=True))


@pytest.mark.parametrize("locale", OTHERS)
def test_quoted_command_or_button_is_that_of_the_english_text(locale: str) -> None:
    buttons = titles(SOURCE), titles(locale)
    wrong = [
        (key, one, two)
        for key, one, two in pairs(locale)
        if not (buttons[0].get(one, set()) & buttons[1].get(two, set())) and meant(one, SOURCE) != meant(two, locale)
    ]
    assert wrong == []
    assert sum(1 for _ in pairs(locale)) > 90


def test_quoted_command_in_english_is_understood() -> None:
    buttons = titles(SOURCE)
    found = {each for text in LocaleWords.load(SOURCE).texts.values() for form in forms(text) for each in quoted(form)}
    assert [each for each in found if each not in buttons and meant(each, SOURCE)[0] == "refuse"] == []
