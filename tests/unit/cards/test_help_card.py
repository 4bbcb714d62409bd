"""Help for commands that change or delete something."""

import json

from bot.commands.command import Help
from bot.handlers.help_handler import help_view
from cards.draw import draw
from cards.wording.locale_words import LocaleWords


def test_no_button_in_help_deletes_data():
    card = json.dumps(draw(help_view(Help("forget_me")), LocaleWords.load("en")))
    assert "forget me" in card
    assert "Action." not in card


def test_help_on_one_verb_offers_its_sentences():
    card = json.dumps(draw(help_view(Help("workloads")), LocaleWords.load("en")))
    assert "Action." in card
