import pytest

from cards.parts.literal_text import breakable, literal, readable


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  TEST \t\r\n COMPANY ", "TEST COMPANY"),
        ("\x00a\x1bb\x7f", "a b"),
        ("a\u2028b\u2029c", "a b c"),
        ("abc\u202edcba", "abcdcba"),
        ("a\u2066b\u2069\u200e", "ab"),
        ("\u200b\u00ad\ufeff", ""),
        ("a\ud800b", "a\ufffdb"),
        ("*b* [x](http://evil.example)", "*b* [x](http://evil.example)"),
    ],
)
def test_only_characters_that_hide_or_reorder_are_removed(typed: str, shown: str) -> None:
    assert literal(typed) == shown


def test_a_date_macro_is_disabled() -> None:
    assert "{{" not in literal("{{{DATE(2018-10-14T00:00:00Z)}}}")


def test_a_right_to_left_name_does_not_reorder_its_neighbors() -> None:
    assert literal("שלום") == "\u2068שלום\u2069"


def test_a_long_name_ends_in_an_ellipsis() -> None:
    assert literal("a" * 200, 10) == "a" * 9 + "…"
    assert len(literal("ab " * 10**6)) <= 160


def test_a_readable_text_keeps_its_edges() -> None:
    assert readable("usage for ") == "usage for "


def test_only_words_wider_than_a_phone_get_break_opportunities() -> None:
    assert breakable("Gesellschaft zur Förderung") == "Gesellschaft zur Förderung"
    assert breakable("0112a436-b14e-4888-967b-ca4bb2cf1234") == "0112a436-b14e-4888-967b-ca4bb2cf1234"
    broken = breakable("Donaudampfschifffahrtselektrizitäten")
    assert "\u200b" in broken
    assert broken.replace("\u200b", "") == "Donaudampfschifffahrtselektrizitäten"
    assert "\u200b" in breakable("TESTCOMPANYINTERNATIONAL")


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("(parnellpapersas37.onmicrosoft.com)", ["(parnellpapersas37", ".onmicrosoft", ".com)"]),
        ("https://portal.office.com/path/of/it", ["https://portal", ".office", ".com", "/path", "/of", "/it"]),
        ("robin_sample@contoso.example", ["robin", "_sample", "@contoso", ".example"]),
        ("(contoso.com)", ["(contoso.com)"]),
    ],
)
def test_domain_is_broken_before_its_dots_only(word: str, parts: list[str]) -> None:
    assert breakable(word).split("\u200b") == parts


def test_part_of_a_domain_that_is_wide_itself_is_broken_inside() -> None:
    parts = breakable(f"{'m' * 40}.onmicrosoft.com").split("\u200b")
    assert parts[-2:] == [".onmicrosoft", ".com"]
    assert max(map(len, parts)) == 12


def test_accents_stay_on_their_letters() -> None:
    assert "\u200b\u0301" not in breakable("e\u0301" * 40)
