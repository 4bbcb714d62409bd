"""Whatever people type, no name of the directory is in what is kept of it."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.licensing import Dimension, Entry
from bot.language.marking.worded_sentence import worded
from bot.language.reading.nameless.nameless_sentence import LONGEST, nameless
from bot.names.name_folding import loose
from bot.names.name_index import NameIndex

NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
PLACEHOLDER = re.compile(r"<[a-z]+>")
# Words of the reader, common words, and words that are neither; with names made of any of them.
WORDS = st.one_of(
    st.sampled_from(
        ["usage", "top", "focus", "on", "it", "the", "company", "and", "licenses", "customers", "of", "co."]
    ),
    st.sampled_from(["10", "2026", "50", "monday", "every", "stop", "digest", "green", "target", "energy", "e3"]),
    st.sampled_from(["fabrikam", "contoso", "müller", "o'brien", "株式会社", "smith", "sons", "l'", "d'"]),
    st.sampled_from(["van", "de", "klanten", "gebruik", "für", "nutzung", "használat", "usine"]),
)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
BETWEEN = st.sampled_from([" ", " ", " ", "\n", ", ", " - ", '"', "\u00a0", "🚀", "-", "."])
CASES = st.sampled_from([str.lower, str.upper, str.title])
LANGUAGES = st.sampled_from(["en-US", "nl-NL", "fr-FR", "hu-HU", "de-DE", "xx"])


@st.composite
def typed(draw: st.DrawFn) -> tuple[list[str], str]:
    names = draw(st.lists(NAMES, min_size=1, max_size=5, unique_by=loose))
    parts = draw(st.lists(st.one_of(WORDS, st.sampled_from(names), st.text(max_size=8)), max_size=8))
    return names, "".join(f"{draw(CASES)(part)}{draw(BETWEEN)}" for part in (*parts, draw(st.sampled_from(names))))


@given(typed(), LANGUAGES)
def test_no_name_of_the_directory_is_in_what_is_kept(said: tuple[list[str], str], language: str) -> None:
    names, text = said
    directory = NameIndex.of([Entry(Dimension.CUSTOMER, f"{at:08d}", name) for at, name in enumerate(names)])
    stored = nameless(worded(text, language, NOW), directory.spans)
    assert len(stored) <= LONGEST
    for kept in PLACEHOLDER.split(stored):
        for name in names:
            assert f" {loose(name)} " not in f" {loose(kept)} "


@given(st.text(max_size=80), LANGUAGES)
@example("A\u0ccd", "en-US")  # a letter, and an accent that is a piece of its own
def test_what_is_kept_of_any_text_can_be_printed(text: str, language: str) -> None:
    stored = nameless(worded(text, language, NOW), NameIndex.of([]).spans)
    assert stored.isprintable()
    assert len(stored) <= LONGEST
