"""The text of a message, without the mention of the bot."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.teams.activity.incoming_activity import Account, IncomingActivity
from bot.teams.activity.mentions import is_addressed, spoken

BOT = Account(id="28:bot", name="License usage")


def said(text: str | None, *mentions: tuple[str, str]) -> str:
    entities = [{"type": "mention", "mentioned": {"id": who}, "text": marked} for who, marked in mentions]
    return spoken(IncomingActivity(type="message", text=text, recipient=BOT, entities=entities))


@pytest.mark.parametrize(
    ("text", "mentions", "heard"),
    [
        ("usage for TEST COMPANY", (), "usage for TEST COMPANY"),
        ("<at>License usage</at> help\n", (("28:bot", "<at>License usage</at>"),), "help"),
        ("help <at>License usage</at>", (("28:bot", "<at>License usage</at>"),), "help"),
        ('<at id="0">Bot</at>&nbsp;help', (("28:bot", '<at id="0">Bot</at>'),), "&nbsp;help"),
        ("<at>Bot</at> <at>Bot</at> help", (("28:bot", "<at>Bot</at>"),), "help"),
        ("<at>Bot</at> who is <at>Ada</at>", (("28:bot", "<at>Bot</at>"), ("29:ada", "<at>Ada</at>")), "who is"),
        ("<at>Bot</at> help", (), "help"),
        ("ask <at>Ada</at>", (("29:ada", "<at>Ada</at>"),), "ask"),
        ("usage <atlas> 5 < 6", (), "usage <atlas> 5 < 6"),
        ("<AT>Bot</AT> help", (), "help"),
        ("<at>Bot", (), "Bot"),
        (None, (), ""),
    ],
)
def test_only_the_mention_of_the_bot_is_removed(
    text: str | None, mentions: tuple[tuple[str, str], ...], heard: str
) -> None:
    assert said(text, *mentions) == heard


@pytest.mark.parametrize(
    ("text", "entity", "asked"),
    [
        ("<at>Contoso Helper</at> usage for A <at>Megan Bowen</at>", True, "usage for A"),
        ("usage for A on Exchange <at>Contoso Helper</at>", True, "usage for A on Exchange"),
        ("usage for A on Exchange <at>Contoso Helper</at>", False, "usage for A on Exchange"),
        ("@Contoso Helper usage for A", False, "usage for A"),
        ("Contoso Helper, usage for A", False, "usage for A"),
        ("contoso  helper usage for A", False, "usage for A"),
        ("usage for A @Contoso Helper", False, "usage for A"),
        ("usage for A, Contoso Helper.", False, "usage for A"),
        ("usage for A on Exchange Contoso Helper", False, "usage for A on Exchange"),
        ("usage for Contoso Helper", False, "usage for Contoso Helper"),
        ("Contoso Helper on Exchange", False, "Contoso Helper on Exchange"),
        ("usage for Contoso Helpers", False, "usage for Contoso Helpers"),
    ],
)
def test_mentions_and_the_bots_name_are_no_part_of_a_question(text: str, entity: bool, asked: str) -> None:
    mentioned = {"id": "28:bot", "name": "Contoso Helper"}
    entities = [{"type": "mention", "mentioned": mentioned}] if entity else []
    bot = Account(id="28:bot", name="Contoso Helper")
    assert spoken(IncomingActivity(type="message", text=text, recipient=bot, entities=entities)) == asked


def test_malformed_entities_are_ignored() -> None:
    entities: list[Any] = [
        {},
        {"type": "mention"},
        {"type": "mention", "mentioned": "28:bot", "text": "<at>Bot</at>"},
        {"type": "mention", "mentioned": {"id": ["28:bot"]}, "text": 5},
        {"type": "mention", "mentioned": {"id": "28:bot"}, "text": ""},
    ]
    assert (
        spoken(IncomingActivity(type="message", text="<at>Bot</at> help", recipient=BOT, entities=entities)) == "help"
    )


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
    max_leaves=5,
)


@given(kind=values | st.just("mention"), mentioned=values | st.just({"id": "28:bot"}), text=values)
def test_mention_with_any_members_leaves_the_question(kind: Any, mentioned: Any, text: Any) -> None:
    entity = {"type": kind, "mentioned": mentioned, "text": text if not isinstance(text, str) else [text]}
    activity = IncomingActivity(type="message", text="<at>Bot</at> help", recipient=BOT, entities=[entity])
    assert (spoken(activity), is_addressed(activity)) == (
        "help",
        not (kind == "mention" and isinstance(mentioned, dict) and mentioned.get("id") != "28:bot"),
    )


ADA: dict[str, Any] = {"type": "mention", "mentioned": {"id": "29:ada"}}
OWN: dict[str, Any] = {"type": "mention", "mentioned": {"id": "28:bot"}}


@pytest.mark.parametrize(
    ("text", "entities", "addressed"),
    [
        ("usage for A <at>Ada</at>", [ADA], False),
        ("<at>Bot</at> usage for A <at>Ada</at>", [ADA, OWN], True),
        ("<at>Bot</at> usage for A", [OWN], True),
        ("<at>Bot</at> usage for A", [], True),
        ("<AT>Bot</AT> usage for A", None, True),
        ("<at>Bot</at> usage for A", [{"type": "clientInfo"}, {"type": "mention"}], True),
        ("usage for A", [{"type": "clientInfo"}], False),
    ],
)
def test_message_is_for_the_bot_when_it_mentions_the_bot(text: str, entities: Any, addressed: bool) -> None:
    assert is_addressed(IncomingActivity(type="message", text=text, recipient=BOT, entities=entities)) is addressed
