"""Whatever a view holds, nothing of it is a link, a picture or a mention.

Neither on its card nor in the message that is sent if Teams refuses the card.
"""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.teams.activity.outgoing_activity import without_card
from bot.teams.turn.card_renderer import CardRenderer
from cards.parts.inert_text import inert
from cards.views.answer_views import View
from cards.wording.locale_words import LocaleWords
from tests.found_links import found_in, marked_up
from tests.property.cards.test_any_view import DIGEST_VIEWS, VIEWS

WORDS = LocaleWords.load("en-US")


def elements(drawn: Any) -> Iterator[dict[str, Any]]:
    if isinstance(drawn, list):
        for each in drawn:
            yield from elements(each)
    elif isinstance(drawn, dict):
        yield drawn
        yield from (found for key, value in drawn.items() if key != "data" for found in elements(value))


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.one_of(VIEWS, DIGEST_VIEWS))
def test_markdown_of_a_card_is_never_from_outside(view: View) -> None:
    card = json.loads(bytes(CardRenderer().draw(view, WORDS).card))
    for element in elements(card):
        assert element.get("type") != "Image"
        assert "entities" not in element
        if element.get("type") == "TextBlock":
            assert marked_up(element["text"]) == []
            assert found_in(element["text"]) == []


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.one_of(VIEWS, DIGEST_VIEWS))
def test_message_is_plain_also_when_its_card_is_refused(view: View) -> None:
    drawn = CardRenderer().draw(view, WORDS)
    sent, refused = drawn.message().encode(), drawn.plain().encode()
    messages = [json.loads(each) for each in (sent, refused, without_card(sent)) if each is not None]
    assert len(messages) == 3
    for message in messages:
        assert "entities" not in message
        assert message.get("textFormat") == ("plain" if "text" in message else None)
        for field in ("text", "summary"):
            assert inert(message.get(field, "")) == message.get(field, "")
            assert found_in(message.get(field, "")) == []
