"""The menu of an answer's message asks the same question again."""

from bot.usage.command_buttons import pressed
from cards.draw import draw
from cards.wording.locale_words import LocaleWords


async def test_refresh_answers_the_question_of_the_card_in_its_place(desk):
    view = await desk.ask("usage for TEST COMPANY on Exchange by product")
    again = pressed(draw(view, LocaleWords.load("en"))["refresh"]["action"]["data"])
    assert again.replace
    assert await desk.engine.answers.press(again, desk.ann) == view
