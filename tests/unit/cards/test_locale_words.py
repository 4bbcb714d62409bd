from datetime import date

import pytest

from cards.wording.locale_words import LocaleWords, available

DAY = date(2018, 10, 14)


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("en", "en"),
        ("en-US", "en-US"),
        ("en_GB", "en-GB"),
        ("EN-gb", "en-GB"),
        ("en-ZZ", "en-US"),
        ("en-not-a-locale", "en"),
        ("zz", "en"),
        ("hu-HU", "hu-HU"),
        ("fr-FR", "fr-FR"),
        ("fi-FI", "en"),
        ("", "en"),
        ("../../etc/passwd", "en"),
        ("en\ud800", "en"),
        ("qps-ploc", "qps-ploc"),
    ],
)
def test_an_unknown_locale_falls_back_to_its_language_and_then_to_english(asked: str, given: str) -> None:
    assert LocaleWords.load(asked).locale == given


def test_language_has_no_country() -> None:
    assert LocaleWords.load("en-GB").language == "en"


def test_there_is_a_file_for_each_language_that_is_available() -> None:
    assert "en" in available()


def test_a_day_is_formatted_for_the_readers_locale() -> None:
    assert LocaleWords.load("en-US").date(DAY) == "October 14, 2018"
    assert LocaleWords.load("en-GB").date(DAY) == "14 October 2018"


@pytest.mark.parametrize(("percent", "shown"), [(None, "n/a"), (0, "0%"), (1, "1%"), (38, "38%"), (100, "100%")])
def test_a_percentage_is_whole_or_not_available(percent: int | None, shown: str) -> None:
    assert LocaleWords.load("en").percent(percent) == shown


def test_numbers_have_separators_and_an_upper_limit() -> None:
    words = LocaleWords.load("en")
    assert words.number(1_234_567) == "1,234,567"
    assert words.number(-3) == "-3"
    assert words.number(10**5_000) == ">1,000,000,000,000"
    assert words.number(-(10**5_000)) == "<-1,000,000,000,000"


def test_the_count_chooses_the_plural_form() -> None:
    words = LocaleWords.load("en")
    assert words.say("list.customer", count=1) == "1 customer"
    assert words.say("list.customer", count=1_500) == "1,500 customers"


def test_a_placeholder_value_is_not_treated_as_a_template() -> None:
    assert LocaleWords.load("en").say("digest.before", figures="{scope} {0} {a.b}") == "Last time {scope} {0} {a.b}"


def test_an_unfilled_placeholder_is_no_error() -> None:
    assert LocaleWords.load("en").say("digest.before") == "Last time …"


def test_an_unknown_text_is_an_error() -> None:
    with pytest.raises(KeyError):
        LocaleWords.load("en").say("no.such.text")


def test_lists_are_joined_by_the_rules_of_the_language() -> None:
    assert LocaleWords.load("en-US").one_of(["a", "b", "c"]) == "a, b, or c"
    assert LocaleWords.load("en-GB").all_of(["a", "b"]) == "a and b"
    assert LocaleWords.load("en").one_of([]) == LocaleWords.load("en").all_of([]) == ""
