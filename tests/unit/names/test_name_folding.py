"""The forms in which names are compared."""

import pytest

from bot.names.name_folding import FoldedName, loose, strict, visible


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  TEST \t company ", "test company"),
        ("ＴＥＳＴ company", "test company"),
        ("Straße", "strasse"),
        ("É", "e\u0301"),
        ("Con\u200btoso\u00ad", "contoso"),
        ("Ünïon  Bank ", "u\u0308ni\u0308on bank"),
        ("O'Brien & Sons", "o'brien & sons"),
        ("", ""),
        ("\u200b", ""),
    ],
)
def test_strict_folds_case_forms_and_blanks(text: str, folded: str) -> None:
    assert strict(text) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("O'Brien & Sons, Inc.", "obrien sons inc"),
        ("O’Brien‘s ʼn `x´", "obriens n x"),
        ("!Crème-Brûlée!", "creme brulee"),
        ("Łódź", "lodz"),
        ("yazıcı IŞIK İnci", "yazici isik inci"),
        ("Ærø Þór Straße Đorđe œuvre", "aero thor strasse dorde oeuvre"),
        ("ΟΔΟΣ", "οδοσ"),
        ("كتاب ي أحمد ة", "کتاب ی احمد ه"),
        ("Қазақ Ғылым", "казак гылым"),
        ("Contoso™ (R) Ltd®", "contoso ltd"),
        ("AT&amp;amp;T", "at t"),
        ("&lt;Acme&gt; &#304;", "acme i"),
        ("Ｃｏｎｔｏｓｏ　２", "contoso 2"),
        ("شركة ٣", "شرکه 3"),
        ("«Василёк»", "василек"),
        ("snake_case", "snake_case"),
        ("🚀", "🚀"),
        ("?!", "?!"),
        ("é!", "e"),
    ],
)
def test_loose_drops_accents_and_punctuation(text: str, folded: str) -> None:
    assert loose(text) == folded


@pytest.mark.parametrize("text", ["Crème, Brûlée", "Contoso", "🚀", ""])
def test_a_folded_name_has_both_forms(text: str) -> None:
    assert FoldedName.of(text) == FoldedName(text, strict(text), loose(text), strict(text))


@pytest.mark.parametrize(("one", "other"), [("राम", "रीम"), ("か", "が"), ("王", "汪"), ("Київ", "Киев"), ("A1", "A2")])
def test_different_letters_stay_different_when_folded(one: str, other: str) -> None:
    assert loose(one) != loose(other)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (None, ""),
        ("", ""),
        ("  ", ""),
        ("\u200b", ""),
        (" Contoso ", "Contoso"),
        ("Con\u200btoso", "Contoso"),
        ("\u200b Ünïon\u00ad  Bank ", "Ünïon  Bank"),
    ],
)
def test_visible_drops_what_nobody_sees(text: str | None, seen: str) -> None:
    assert visible(text) == seen


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("O\u2019Brien (TM) & Söns", "obrien sons"),
        ("A&amp;amp;B", "a b"),
        ("caf\u00e9 &eacute;", "cafe e"),
        ("&nosuchentity; x", "nosuchentity x"),
        ("\ufb03\u200b", "ffi"),
    ],
)
def test_loose_drops_apostrophes_signs_and_entities(text: str, folded: str) -> None:
    assert loose(text) == folded


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("{A1}", "a1"),
        ("{exo}", "exo"),
        ("3F2A91C40B1D4E559A106C7D8E9F0A1B", "3f2a91c4-0b1d-4e55-9a10-6c7d8e9f0a1b"),
        ("x{exo}", "x{exo}"),
        ("exo}", "exo}"),
        ("XX1{}", "xx1{}"),
    ],
)
def test_a_folded_name_has_the_id_that_it_may_be(text: str, id_: str) -> None:
    assert FoldedName.of(text).id == id_
