from bot.names.span_words import SpanWords

WORDS = SpanWords(["contoso", "europe", "fabrikam"], ["teams", "e3"], ["contosoeurope", "fabrikam"])


def test_words_of_one_kind_of_name_may_be_a_name() -> None:
    assert WORDS.has("contoso europe")
    assert WORDS.has("fabrikam and contoso")  # `&` is typed as a word
    assert WORDS.has("teams e3")
    assert not WORDS.has("contoso teams")
    assert not WORDS.has("contoso usage")


def test_aliases_and_products_that_are_sold_are_known() -> None:
    assert WORDS.has("exo")
    assert WORDS.has("business premium")


def test_beginning_of_a_name_is_found_whatever_its_blanks_are() -> None:
    assert WORDS.begins_joined("con toso eu")
    assert WORDS.begins_joined("fabri kam")
    assert not WORDS.begins_joined("fabrikam europe")
    assert not WORDS.begins_joined("toso")
