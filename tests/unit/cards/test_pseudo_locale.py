from cards.wording.pseudo_locale import CLOSE, OPEN, pseudo


def test_a_pseudo_text_is_at_least_40_percent_longer_and_in_brackets() -> None:
    for text in ("Share", "Wait a few minutes, then try again.", "Working on it"):
        made = pseudo(text)
        assert made.startswith(OPEN)
        assert made.endswith(CLOSE)
        assert len(made) >= 1.4 * len(text) - 1


def test_placeholders_are_unchanged() -> None:
    assert "{day}" in pseudo("As of {day}")
    assert "{count}" in pseudo("{count} more")
