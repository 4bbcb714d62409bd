from bot.domain.licensing import Dimension, Entry
from bot.names.misspelt_names import MisspeltNames


def entry(name: str) -> Entry:
    return Entry(Dimension.CUSTOMER, f"id {name}", name)


def names(*forms: str) -> MisspeltNames:
    return MisspeltNames((form, entry(form)) for form in forms)


def nearest(typed: str, *forms: str) -> list[str]:
    return [found.name for found in names(*forms).nearest(typed)[0]]


def test_name_is_found_with_a_letter_too_many_too_few_swapped_or_replaced() -> None:
    for typed in ("fabrikaam", "fabrkam", "farbikam", "fabrigam", "fbrikam", "fabrika"):
        assert nearest(typed, "fabrikam", "contoso") == ["fabrikam"]


def test_more_letters_may_be_wrong_in_a_longer_name() -> None:
    assert nearest("cot", "cat") == []
    assert nearest("contxsx", "contoso") == []
    assert nearest("hawthronplastcis", "hawthornplastics") == ["hawthornplastics"]


def test_first_letter_and_digits_are_right() -> None:
    assert nearest("gabrikam", "fabrikam") == []
    assert nearest("branch0021", "branch0012") == []


def test_fewest_edits_win() -> None:
    found, edits = names("hawthornplastics", "hawthornplastic").nearest("hawthornplastixs")
    assert ([each.name for each in found], edits) == (["hawthornplastics"], 1)
    assert names("fabrikam").nearest("zzzzzz") == ([], 0)
