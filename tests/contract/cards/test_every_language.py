"""The texts of each language: none is English by accident, and none is too long."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from bot.commands.command import Command
from bot.gallery.samples.sample_parts import LONG_NAME
from bot.gallery.samples.samples import SAMPLES
from bot.gallery.samples.translated_sample import translated
from bot.language.sentence.command_sentence import sentence_of
from bot.package.manifest_files import read
from bot.usage.offline_sentence import printed_command
from cards.draw import draw
from cards.parts.card_size import BUDGET, size
from cards.wording.locale_words import SOURCE, LocaleWords, available

SOME_DAY = datetime(2018, 10, 15, tzinfo=UTC)
OTHERS = tuple(each for each in available() if each != SOURCE)
MANIFEST = Path(__file__).parents[3] / "manifest" / "teams"
# Words that are the same in English, with the reason; what is in none of them is English by accident.
FORMATS = frozenset({"CSV", "Excel"})
SAME: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        # In Dutch and German, people in this trade say the English words.
        "nl": frozenset({"privacy", "digest", "digests", "directory", "product", "top", "workload", "workloads"}),
        "de": frozenset({"digest", "digests", "workload", "workloads"}),
        # These are French words.
        "fr": frozenset(
            {"active", "minute", "minutes", "point", "points", "question", "service", "services", "top", "total"}
        ),
        "hu": frozenset(),
    }
)
# The commonest English words that none of the other languages has.
ENGLISH = frozenset({"the", "your", "you", "with", "this", "from", "are", "have", "has", "there", "which", "cannot",
                     "they", "their", "its", "does", "not", "for", "what", "when", "who", "how", "to"})  # fmt: skip


def texts(locale: str) -> Mapping[str, tuple[str, ...]]:
    """Return the forms of each text."""
    every = LocaleWords.load(locale).texts
    return {key: (text,) if isinstance(text, str) else tuple(text.values()) for key, text in every.items()}


def words_of(text: str) -> set[str]:
    """Return the words of a text, without placeholders and formats of files."""
    return set(re.findall(r"[^\W\d_]{2,}", re.sub(r"\{\w+\}", " ", text))) - FORMATS


@pytest.mark.parametrize("locale", OTHERS)
def test_text_is_that_of_english_only_if_its_words_are(locale: str) -> None:
    english = texts(SOURCE)
    same = [text for key, forms in texts(locale).items() for text in forms if text in english[key]]
    assert [text for text in same if {word.casefold() for word in words_of(text)} - SAME[locale]] == []
    used = {word.casefold() for text in same for word in words_of(text)}
    assert SAME[locale] - used == set()


@pytest.mark.parametrize("locale", OTHERS)
def test_no_common_english_word_is_in_a_text(locale: str) -> None:
    found = {key: text for key, forms in texts(locale).items() for text in forms if ENGLISH & words_of(text.casefold())}
    assert found == {}
    assert any(ENGLISH & words_of(text.casefold()) for text in texts(SOURCE)["help.topic.figures"])


@cache
def drawn(sample: str, locale: str) -> dict[str, Any]:
    return draw(translated(SAMPLES[sample], locale), LocaleWords.load(locale))


def placed(part: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a card in its order, behind its place."""
    if isinstance(part, list):
        for at, each in enumerate(part):
            yield from placed(each, f"{place}/{at}")
    elif isinstance(part, dict):
        for name, each in part.items():
            if name in {"text", "title", "label", "placeholder"} and isinstance(each, str):
                yield f"{place}/{name}", each
            elif name != "data":
                yield from placed(each, f"{place}/{name}")


def shown(part: object) -> list[str]:
    """Return every text of a card, in its order."""
    return [text for _, text in placed(part)]


@pytest.mark.parametrize("locale", available())
def test_card_of_every_sample_is_within_the_limit(locale: str) -> None:
    assert [sample for sample in SAMPLES if size(drawn(sample, locale)) >= BUDGET] == []


def cut(sample: str, locale: str) -> Mapping[str, str]:
    """Return the titles and texts that are cut, by their place.

    Those that end in a name are left out.
    """
    name = LONG_NAME[:40]
    return {at: text for at, text in placed(drawn(sample, locale)) if text.endswith("…") and name not in text}


@pytest.mark.parametrize("locale", OTHERS)
def test_no_title_or_chip_is_cut_that_is_whole_in_english(locale: str) -> None:
    for sample in SAMPLES:
        english = cut(sample, SOURCE)
        assert {at: text for at, text in cut(sample, locale).items() if at not in english} == {}, sample


@cache
def sentences() -> Mapping[str, Command]:
    """Return the sentences that the samples show in English, with what they ask."""
    every = {text for sample in SAMPLES for text in shown(drawn(sample, SOURCE))}
    read = ((text, printed_command(text, SOME_DAY)) for text in every if text[:1].islower() and not text.endswith(" "))
    asked = {text: each for text, each in read if isinstance(each, Command)}
    return {text: each for text, each in asked.items() if sentence_of(each, SOURCE).split()[0] == text.split()[0]}


@pytest.mark.parametrize("locale", OTHERS)
def test_sentence_on_a_sample_is_in_the_language(locale: str) -> None:
    foreign = {text for text, command in sentences().items() if sentence_of(command, locale) != text}
    assert {"usage on Exchange", "usage on exo, spo by customer", "forget me"} <= foreign
    every = {text for sample in SAMPLES for text in shown(drawn(sample, locale))}
    assert every & foreign == set()
    longer = {each for each in foreign if len(each.split()) > 2}
    assert [(each, text) for each in longer for text in every if each in text] == []


@pytest.mark.parametrize("locale", available())
def test_no_text_of_a_sample_ends_in_two_periods(locale: str) -> None:
    """A date ends in a period in Hungarian."""
    assert [text for sample in SAMPLES for text in shown(drawn(sample, locale)) if re.search(r"\.\.(?!\.)", text)] == []


def test_the_app_has_the_languages_of_the_cards() -> None:
    declared = json.loads((MANIFEST / "manifest.json").read_text("utf-8"))["localizationInfo"]
    listed = {each["languageTag"]: each["file"] for each in declared["additionalLanguages"]}
    assert declared["defaultLanguageTag"] == SOURCE
    assert listed == {each: f"{each}.json" for each in OTHERS}
    assert set(read().languages) == set(available())


@pytest.mark.parametrize("locale", OTHERS)
def test_text_of_the_app_is_not_that_of_english(locale: str) -> None:
    languages = read().languages
    same = [text for key, text in languages[locale].items() if text == languages[SOURCE].get(key)]
    assert [text for text in same if {word.casefold() for word in words_of(text)} - SAME[locale]] == []
