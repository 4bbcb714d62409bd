"""A question with another name in the place of one that was typed."""

import pytest

from bot.commands.command import Customers, Name, NewDigest, Usage
from bot.commands.filled_name import filled
from bot.usage.command_buttons import PressedButton, fill_button, pressed
from cards.views.button_payload import pack
from tests.typed_sentences import parse


def question(text):
    found = parse(text)
    assert isinstance(found, Usage | NewDigest)
    return found


def test_chosen_name_takes_the_place_of_the_typed_one():
    assert filled(question("usage for contso on Exchange"), "contso", "Contoso") == question(
        "usage for Contoso on Exchange"
    )


def test_other_parts_of_the_question_stay():
    asked = question("usage for contso except Skype by workload below 50%")
    assert filled(asked, "contso", "Contoso") == question("usage for Contoso except Skype by workload below 50%")
    assert filled(asked, "Skype For Business", "Teams") == question(
        "usage for contso except Teams by workload below 50%"
    )


def test_question_of_a_digest_gets_the_name():
    made = filled(question("digest every monday 8:30 for contso"), "contso", "Contoso")
    assert made == question("digest every monday 8:30 for Contoso")


def test_name_is_found_by_its_id_too():
    assert filled(Usage(customers=(Name("Contoso", id="0112"),)), "0112", "9") == Usage(customers=(Name("9"),))


def test_command_without_names_stays():
    assert filled(Customers("contso"), "contso", "Contoso") == Customers("contso")


def test_button_is_offered_only_for_a_name_of_the_command():
    asked = question("usage for contso")
    assert fill_button(asked, "fabrikam") is None
    assert fill_button(asked, "contso") is not None


def test_press_asks_with_what_was_chosen():
    data = pack(fill_button(question("usage for contso"), "contso")) | {"name": "Contoso"}
    assert pressed(data) == PressedButton(question("usage for Contoso"), replace=True)


@pytest.mark.parametrize("chosen", ["", " ", "\ud800", "x" * 501, None])
def test_press_asks_as_before_when_nothing_usable_was_chosen(chosen):
    asked = question("usage for contso")
    assert pressed(pack(fill_button(asked, "contso")) | {"name": chosen}) == PressedButton(asked, replace=True)
