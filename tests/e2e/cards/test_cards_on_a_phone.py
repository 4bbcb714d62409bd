"""Every card, drawn by Microsoft's renderer on a small phone and a desktop.

Each is drawn in the light and in the dark theme.
"""

from typing import Any

import pytest

from bot.gallery.samples.samples import SAMPLES
from cards.draw import draw
from cards.wording.locale_words import LocaleWords

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 800])
@pytest.mark.parametrize("name", SAMPLES)
async def test_a_card_fits_the_screen_and_is_not_cut(
    name: str, width: int, theme: str, draw_on_screen: Any, valid_card: Any
) -> None:
    card = valid_card(draw(SAMPLES[name], LocaleWords.load("en-US")))
    drawn = await draw_on_screen(card, name, width=width, theme=theme)
    assert drawn.complaints == []
    assert drawn.unreadable == []


@pytest.mark.parametrize("name", SAMPLES)
async def test_a_card_has_room_for_longer_words(name: str, draw_on_screen: Any, valid_card: Any) -> None:
    card = valid_card(draw(SAMPLES[name], LocaleWords.load("qps-ploc")))
    drawn = await draw_on_screen(card, f"{name}-longer")
    assert drawn.unreadable == []
