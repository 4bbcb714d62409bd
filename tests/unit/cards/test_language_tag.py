"""The language in the tag of a locale."""

import pytest

from cards.wording.language_tag import language_of


@pytest.mark.parametrize(
    ("tag", "language"),
    [("nl", "nl"), ("nl-BE", "nl"), ("NL_be", "nl"), (" hu-HU", "hu"), ("zh-Hant-TW", "zh"), ("", ""), ("-", "")],
)
def test_language_of_a_tag_is_before_its_first_hyphen_in_lower_case(tag: str, language: str) -> None:
    assert language_of(tag) == language
