"""The box of a card that asks which name is meant: from typing to the answer."""

from bot.domain.licensing import Dimension
from bot.simulator.partner_center.faults.fault_types import Refuse
from bot.usage.command_buttons import pressed
from cards.draw import draw
from cards.views.answer_views import ErrorView, NoMatchView, PickerView, UsageView
from cards.wording.locale_words import LocaleWords


def filled_in(view, chosen):
    """Return what a client sends for the button below the box of a drawn card."""
    card = draw(view, LocaleWords.load("en"))
    (box,) = [each for each in card["body"] if each["type"] == "Input.ChoiceSet"]
    ((execute,),) = [each["actions"] for each in card["body"] if "fill" in str(each.get("actions"))]
    return box, {**execute["data"], box["id"]: chosen}


async def test_names_are_offered_while_typing_and_answer_the_question(desk):
    view = await desk.ask("usage for Qwxyz Unknown Ltd on Exchange")
    assert isinstance(view, NoMatchView | PickerView)
    entries = await desk.engine.answers.complete(Dimension.CUSTOMER, "test comp", desk.ann, 15)
    assert "TEST COMPANY" in [entry.name for entry in entries]
    box, data = filled_in(view, entries[0].id)
    assert box["choices.data"] == {"type": "Data.Query", "dataset": "customer", "associatedInputs": "none"}
    answered = await desk.engine.answers.press(pressed(data), desk.ann)
    assert isinstance(answered, UsageView)
    assert answered.scope == ("TEST COMPANY", "Exchange")


async def test_name_that_was_typed_whole_answers_too(desk):
    view = await desk.ask("usage for Qwxyz Unknown Ltd on Exchange")
    _, data = filled_in(view, "test company")
    answered = await desk.engine.answers.press(pressed(data), desk.ann)
    assert answered.scope == ("TEST COMPANY", "Exchange")


async def test_card_asks_again_when_the_name_is_no_better(desk):
    view = await desk.ask("usage for Qwxyz Unknown Ltd on Exchange")
    _, data = filled_in(view, "qqqqq")
    again = await desk.engine.answers.press(pressed(data), desk.ann)
    assert isinstance(again, NoMatchView)
    assert again.typed == "qqqqq"
    assert again.other is not None


async def test_no_name_is_offered_to_a_person_without_rights(desk):
    await desk.ask("customers")
    desk.fault(Refuse(403, "accessDenied"))
    told = await desk.engine.answers.complete(Dimension.CUSTOMER, "test", desk.ben, 15)
    assert isinstance(told, ErrorView)


async def test_box_of_several_names_replaces_the_one_that_was_typed(desk):
    view = await desk.ask("usage for Contoso on Exchange")
    assert isinstance(view, PickerView)
    _, data = filled_in(view, "TEST COMPANY")
    answered = await desk.engine.answers.press(pressed(data), desk.ann)
    assert answered.scope == ("TEST COMPANY", "Exchange")


async def test_only_names_that_are_the_same_have_their_ids_beside_them(desk):
    two = await desk.ask("usage for Contoso on Exchange")
    assert isinstance(two, PickerView)
    assert len({each.name for each in two.choices}) == len(two.choices)
    assert [each.detail for each in two.choices] == [None] * len(two.choices)
