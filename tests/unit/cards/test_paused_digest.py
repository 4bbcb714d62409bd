"""What a card says about a digest that waits: until when, only if what."""

from typing import Any

from bot.gallery.samples.samples import SAMPLES
from cards.draw import draw
from cards.wording.locale_words import LocaleWords

WORDS = LocaleWords.load("en-US")


def test_a_paused_digest_asks_until_which_day() -> None:
    card = draw(SAMPLES["digest_paused"], WORDS)
    assert [(each["type"], each["id"]) for each in card["body"] if "id" in each] == [("Input.Date", "until")]
    titles = [each["title"] for part in card["body"] if part["type"] == "ActionSet" for each in part["actions"]]
    assert titles == ["Pause until", "Resume", "Delete", "All digests"]


def test_a_digest_that_is_posted_once_has_one_next_time(lines: Any) -> None:
    told = lines(draw(SAMPLES["digest_one_time"], WORDS))
    assert any(each.startswith("Next: Friday, October 12, 2018") for each in told)
    assert not any("Next times" in each for each in told)


def test_settings_say_the_condition_with_what_holds(lines: Any) -> None:
    assert "Only when something changed" in lines(draw(SAMPLES["digest_settings"], WORDS))


def test_a_day_that_was_typed_is_told_as_the_reader_writes_days(lines: Any) -> None:
    told = "\n".join(lines(draw(SAMPLES["digest_settings_mistake"], WORDS)))
    assert "“October 1, 2018” is past" in told
