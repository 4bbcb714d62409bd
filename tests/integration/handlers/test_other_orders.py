"""A list in another order leads on as any: by its buttons and by a sentence."""

import pytest

from bot.usage.command_buttons import press_of, pressed
from cards.views.answer_views import UsageView
from cards.views.button_payload import pack


@pytest.fixture
def ordered(desk):
    async def ordered(order):
        view = await desk.ask("usage on Exchange by customer")
        offered = await desk.engine.answers.press(press_of(view.reshape), desk.ann)
        return await desk.engine.answers.press(pressed(pack(offered.show) | {"order": order}), desk.ann)

    return ordered


async def test_rows_are_in_the_order_of_their_names(ordered):
    names = [item.name.casefold() for item in (await ordered("name")).items]
    assert names == sorted(names)


@pytest.mark.parametrize("order", ["name", "lowest"])
async def test_buttons_of_the_list_work_and_its_total_is_that_of_all(desk, ordered, order):
    view = await ordered(order)
    assert not view.selected
    assert press_of(view.export).sentence() == "export excel usage on Exchange by customer"
    row = await desk.engine.answers.press(press_of(view.items[0].open), desk.ann)
    assert isinstance(row, UsageView)
    offered = await desk.engine.answers.press(press_of(view.reshape), desk.ann)
    assert offered.order == order


@pytest.mark.parametrize("order", ["name", "lowest"])
async def test_next_sentence_changes_the_list(desk, ordered, order):
    await ordered(order)
    after = await desk.ask("and on Teams?")
    assert isinstance(after, UsageView)
    assert after.scope == ("Teams",)
