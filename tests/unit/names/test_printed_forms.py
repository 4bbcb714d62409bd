"""Reading what is printed beside a name: an id, a part of it, a domain."""

import pytest

from bot.names.entry_label import LABEL_END, EntryLabel, domain_in, is_end_of_id, read_label

ID = "3F2A91C4-0B1D-4E55-9A10-6C7D8E9F0A1B"
OTHER = "7B6C5D4E-2C3D-4F66-8B21-1A2B3C4D5E6F"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Contoso (0A1B)", EntryLabel("Contoso", "0A1B")),
        (" Contoso  [ 0A1B ] ", EntryLabel("Contoso", "0A1B")),
        ("Contoso {0A1B}", EntryLabel("Contoso", "0A1B")),
        ("Contoso <contoso.com>", EntryLabel("Contoso", "contoso.com")),
        ("Contoso（0A1B）", EntryLabel("Contoso", "0A1B")),
        ("A(b)", EntryLabel("A", "b")),
        ("Contoso (Berlin (East))", EntryLabel("Contoso", "Berlin (East)")),
        ("Contoso (Berlin) (East)", EntryLabel("Contoso (Berlin)", "East")),
        (f"Contoso {ID}", EntryLabel("Contoso", ID)),
        (f"Contoso;{ID.lower()}", EntryLabel("Contoso", ID.lower())),
        (f"A {ID}", EntryLabel("A", ID)),
        ("Contoso", None),
        ("(0A1B)", None),
        (" (0A1B)", None),
        ("Contoso ()", None),
        ("Contoso ( )", None),
        ("Contoso 0A1B)", None),
        ("Contoso [0A1B)", None),
        (")", None),
        (ID, None),
        (f"Contoso {ID[:-1]}", None),
        (f"Contoso,{ID}x", None),
        ("", None),
    ],
)
def test_label_is_a_name_and_what_is_in_brackets(text: str, label: EntryLabel | None) -> None:
    assert read_label(text) == label
    assert label is None or LABEL_END.search(text)


@pytest.mark.parametrize(
    "text", ["Contoso", "Contoso (0A1B) GmbH", ID, "", f"Contoso{ID}"[:36], "a-long-name-with-a-dash"]
)
def test_most_spans_of_a_sentence_are_no_label(text: str) -> None:
    assert not LABEL_END.search(text)


@pytest.mark.parametrize("text", ["Contoso (0A1B)", "Contoso [x]", f"Contoso {ID}", "Contoso (0A1B) "])
def test_span_may_be_a_label_when_it_ends_like_one(text: str) -> None:
    assert LABEL_END.search(text)


@pytest.mark.parametrize(
    ("detail", "true"),
    [
        ("…0A1B", True),
        ("...0a1b", True),
        ("… 0A1B", True),
        ("0A1B", True),
        ("…8E9F0A1B", True),
        ("3F2A91C4…", True),
        ("3f2a91c4...", True),
        ("3F2A…", True),
        ("0A1B…", False),
        ("…3F2A", False),
        ("3F2A", False),
        ("A1B", False),
        ("…A1B", False),
        ("", False),
        (ID, True),
        (f"{{{ID.lower()}}}", True),
        (ID.replace("-", ""), True),
        (OTHER, False),
    ],
)
def test_an_end_or_a_beginning_of_an_id_has_four_characters(detail: str, true: bool) -> None:
    assert is_end_of_id(detail, ID) is true


def test_a_short_id_is_itself_only() -> None:
    assert is_end_of_id("EXO", "exo")
    assert not is_end_of_id("XO", "EXO")
    assert is_end_of_id("…exo", "EXO")


def test_an_id_without_hyphens_is_the_one_with_them() -> None:
    assert is_end_of_id(ID, ID.replace("-", ""))
    assert not is_end_of_id(ID, "a code")


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("contoso.com", "contoso.com"),
        (" Contoso.COM. ", "contoso.com"),
        ("<contoso.com>", "contoso.com"),
        ("(contoso.com)", "contoso.com"),
        ("[contoso.com]", "contoso.com"),
        ("https://www.contoso.com/a/b.c", "contoso.com"),
        ("http://contoso.com", "contoso.com"),
        ("www.contoso.com", "contoso.com"),
        ("mailto:ada@contoso.com", "contoso.com"),
        ("ada@contoso.com", "contoso.com"),
        ("contoso.com/www.fabrikam.com", "contoso.com"),
        ("mywww.contoso.com", "mywww.contoso.com"),
        ("www.www.contoso.com", "www.contoso.com"),
        (".contoso.com", ".contoso.com"),
        ("xcontoso.comx", "xcontoso.comx"),
        ("XX.example", "xx.example"),
        ("contoso", ""),
        ("Contoso Ltd. Berlin", ""),
        ("contoso com", ""),
        ("", ""),
    ],
)
def test_domain_is_read_from_links_and_addresses(text: str, domain: str) -> None:
    assert domain_in(text) == domain
