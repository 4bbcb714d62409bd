"""The rendering of views for a message."""

import json

from bot.commands.command import Customers
from bot.teams.activity.private_buttons import Privacy
from bot.teams.turn.card_renderer import KEPT, CardRenderer
from bot.usage.addressed_buttons import payloads
from bot.usage.command_buttons import ask_button
from cards.draw import draw
from cards.views.answer_views import ErrorView, Example, HelpView


def help_view(text: str) -> HelpView:
    return HelpView(None, (Example(text, "help.example.basic"),))


def test_rendered_bytes_are_the_card() -> None:
    drawing = CardRenderer()
    words = drawing.words("en-US")
    view = ErrorView("busy")
    assert json.loads(bytes(drawing.draw(view, words).card)) == draw(view, words)


def test_help_is_drawn_once_per_language() -> None:
    drawing = CardRenderer()
    english, british = drawing.words("en-US"), drawing.words("en-GB")
    first = drawing.draw(help_view("usage"), english)
    assert drawing.draw(help_view("usage"), english) is first
    assert drawing.draw(help_view("usage"), british) is not first
    assert drawing.draw(help_view("customers"), english) is not first


def test_answer_is_never_cached() -> None:
    drawing = CardRenderer()
    words = drawing.words("en-US")
    assert drawing.draw(ErrorView("busy"), words) is not drawing.draw(ErrorView("busy"), words)


def test_caches_stay_bounded_when_languages_and_help_are_made_up() -> None:
    drawing = CardRenderer()
    for number in range(3 * KEPT):
        drawing.draw(help_view(str(number)), drawing.words(f"x{number}"))
    assert len(drawing._words) <= KEPT
    assert len(drawing._help) <= KEPT


def test_help_in_private_is_another_card_whose_buttons_stay_private() -> None:
    drawing = CardRenderer()
    words = drawing.words("en-US")
    for shown in (help_view("usage"), ErrorView("service_down", again=ask_button(Customers()))):
        private = list(payloads(json.loads(bytes(drawing.draw(shown, words, None, Privacy.ANSWERS).card))))
        public = list(payloads(json.loads(bytes(drawing.draw(shown, words).card))))
        assert private == [data | {"private": True} for data in public]
    assert public  # the error has a button
    assert drawing.draw(help_view("usage"), words, None, Privacy.ANSWERS) is not drawing.draw(help_view("usage"), words)
