"""Edited messages, messages without words, and activities that are not answered."""

import json
from typing import Any

import pytest

from bot.simulator.connector import ADA, BEN, channel, group, personal
from bot.simulator.connector import inbound_activity as inbound
from bot.teams.turn.listeners import Listeners
from tests.integration.teams.test_turns import plain_text

CARD = "application/vnd.microsoft.card.adaptive"


async def asked(stage: Any) -> list[str]:
    """Return the questions, when no turn is running."""
    await stage.quiet()
    return [text for text, _ in stage.answers.asked]


async def test_edited_message_is_answered_like_a_new_one(stage: Any) -> None:
    said = await stage.client.say("usage on Exchang")
    edited = await stage.client.edit(said, "usage on Exchange")
    assert edited.activity["id"] == said.activity["id"]
    assert await asked(stage) == ["usage on Exchang", "usage on Exchange"]
    assert stage.connector.transcript.messages[-1].reply_to == said.activity["id"]


async def test_each_edit_is_answered_once_when_it_arrives_twice(stage: Any) -> None:
    said = await stage.client.say("one")
    for text in ("two", "one", "two"):
        edited = await stage.client.edit(said, text)
        assert (await stage.client.post(edited.activity)).status == 200
    assert await asked(stage) == ["one", "two", "one", "two"]


async def test_edit_is_answered_once_when_it_has_no_timestamp(stage: Any) -> None:
    said = await stage.client.say("one")
    edit = inbound.as_change(said.activity, stage.client.new("messageUpdate", personal(ADA), ADA), "editMessage")
    del edit["timestamp"]
    for text in ("two", "two", "three"):
        await stage.client.post(edit | {"text": text})
    assert await asked(stage) == ["one", "two", "three"]


async def test_edit_in_a_channel_is_answered_in_its_thread(stage: Any) -> None:
    thread = channel("Licenses", ADA, BEN).thread("1700000000000")
    said = await stage.client.say("usage", conversation=thread)
    await stage.client.edit(said, "usage on Teams", conversation=thread)
    assert await asked(stage) == ["usage", "usage on Teams"]
    assert stage.connector.transcript.messages[-1].conversation_id == thread.id


async def test_edit_is_not_answered_when_it_no_longer_mentions_the_bot(stage: Any) -> None:
    said = await stage.client.say("usage", conversation=group(ADA, BEN))
    base = stage.client.new("messageUpdate", group(ADA, BEN), ADA)
    edit = inbound.as_change(said.activity | {"text": "solved", "entities": []}, base, "editMessage")
    assert (await stage.client.post(edit)).status == 200
    assert await asked(stage) == ["usage"]


async def test_deleted_and_undeleted_messages_are_not_answered(stage: Any) -> None:
    said = await stage.client.say("usage")
    assert [(await stage.client.delete(said)).status, (await stage.client.undelete(said)).status] == [200, 200]
    assert await asked(stage) == ["usage"]
    assert len(stage.connector.transcript.messages) == 1


@pytest.mark.parametrize("event", [None, "", "undeleteMessage", "madeUp"])
async def test_update_is_not_answered_when_it_is_no_edit(stage: Any, event: str | None) -> None:
    update = stage.client.new("messageUpdate", personal(ADA), ADA) | {"text": "usage"}
    update["channelData"] = update["channelData"] | {"eventType": event}
    assert (await stage.client.post(update)).status == 200
    assert stage.connector.transcript.entries == []


async def test_edit_of_a_bot_is_not_answered(stage: Any) -> None:
    edit = stage.client.new("messageUpdate", personal(ADA), ADA) | {"text": "usage", "from": {"id": "28:x"}}
    edit["channelData"] = edit["channelData"] | {"eventType": "editMessage"}
    await stage.client.post(edit)
    await stage.quiet()
    assert stage.connector.transcript.entries == []


async def test_file_gets_one_answer_that_says_what_to_do(stage: Any, valid_card: Any) -> None:
    base = stage.client.new("message", personal(ADA), ADA)
    delivered = await stage.client.post(inbound.as_upload(base, "usage.xlsx", "<div></div>"))
    assert delivered.status == 200
    (posted,) = stage.connector.transcript.messages
    assert plain_text(posted).startswith("Thank you, but I can't open files. Write your question as text")
    assert posted.reply_to == base["id"]
    assert valid_card(posted.card)
    assert await asked(stage) == []


async def test_text_is_answered_when_a_file_comes_with_it(stage: Any) -> None:
    base = stage.client.new("message", personal(ADA), ADA) | {"text": "usage on Exchange"}
    await stage.client.post(inbound.as_upload(base, "usage.xlsx", "<p>usage on Exchange</p>"))
    assert await asked(stage) == ["usage on Exchange"]
    assert len(stage.connector.transcript.messages) == 1


@pytest.mark.parametrize(
    ("attachments", "text", "start"),
    [
        ([{"contentType": CARD, "content": {"type": "AdaptiveCard"}}], "", "Thank you, but I can't read cards."),
        ([{"contentType": "text/html", "content": "<p>🎉</p>"}], "🎉", "Thank you! When you have a question"),
        ([{"contentType": "image/gif"}], "", "Thank you, but I can't see pictures or GIFs."),
        ([{"contentType": "forwardedMessageReference"}], " ", "Thank you, but I can't read forwarded messages."),
    ],
)
async def test_message_without_words_gets_an_answer(stage: Any, attachments: Any, text: str, start: str) -> None:
    message = stage.client.new("message", personal(ADA), ADA) | {"attachments": attachments, "text": text}
    await stage.client.post(message)
    await stage.quiet()
    (posted,) = stage.connector.transcript.messages
    assert plain_text(posted).startswith(start)
    assert await asked(stage) == []


async def test_picture_with_a_mention_alone_is_no_question(stage: Any) -> None:
    where = group(ADA, BEN)
    message = inbound.as_message(stage.client.new("message", where, ADA), "", where)
    html = "<p><at>License usage</at> <img src='x'></p>"
    await stage.client.post(inbound.as_picture(message, html))
    await stage.quiet()
    (posted,) = stage.connector.transcript.messages
    assert plain_text(posted).startswith("Thank you, but I can't see pictures or GIFs.")


@pytest.mark.parametrize("attachments", [None, [], "odd", [None], {}, [{"contentType": 7}]])
async def test_message_is_answered_when_its_attachments_are_odd(stage: Any, attachments: Any) -> None:
    message = stage.client.new("message", personal(ADA), ADA) | {"attachments": attachments, "text": "usage"}
    assert (await stage.client.post(message | {"timestamp": 7})).status == 200
    assert await asked(stage) == ["usage"]


ODD: dict[str, Any] = {
    "isGroup as text": {"conversation": {"isGroup": "false"}},
    "a name of the conversation": {"conversation": {"name": ["Sales"]}},
    "no entity": {"entities": [None]},
    "entities as text": {"entities": "none"},
    "an entity as text": {"entities": ["mention"]},
    "entities as an object": {"entities": {}},
    "a team as text": {"channelData": {"team": "Sales"}},
    "a channel as a list": {"channelData": {"channel": []}},
    "an event as a number": {"channelData": {"eventType": 1}},
    "an answered message": {"replyToId": 1_700_000_000_000},
    "an answered message without end": {"replyToId": "1" * 2_000},
    "a time zone": {"localTimezone": 2},
    "a language": {"locale": ["en-US"]},
    "a name of the sender": {"from": {"name": {"first": "Ada"}}},
    "a role of the sender": {"from": {"role": 1}},
    "a name of the bot": {"recipient": {"name": 1, "role": [], "aadObjectId": 3}},
    "a name of the invoke": {"name": 1, "action": True},
    "members": {"membersAdded": [None, {"id": 1}], "membersRemoved": "all"},
}


@pytest.mark.parametrize("odd", ODD)
async def test_message_is_answered_when_an_unneeded_field_is_odd(stage: Any, odd: str) -> None:
    message = stage.client.new("message", personal(ADA), ADA) | {"text": "usage"}
    for name, value in ODD[odd].items():
        known = message.get(name)
        message[name] = {**known, **value} if isinstance(known, dict) else value
    assert (await stage.client.post(message)).status == 200
    assert await asked(stage) == ["usage"]
    assert stage.answers.asked[0][1].key == (ADA.tenant_id, ADA.object_id)


async def test_odd_fields_are_counted_by_names_that_were_not_sent(open_stage: Any) -> None:
    counted: list[str] = []
    async with open_stage(listeners=Listeners(odd_field=counted.append)) as stage:
        message = stage.client.new("message", personal(ADA), ADA) | {"text": "usage", "made-up": 1}
        message["conversation"] |= {"isGroup": "secret", "x": [None]}
        await stage.client.post(message | {"entities": [None, "secret", 5], "replyToId": {"secret": 1}})
        assert await asked(stage) == ["usage"]
    assert counted == ["conversation.isGroup", "entities", "replyToId"]


async def test_odd_fields_are_not_counted_without_a_valid_token(open_stage: Any) -> None:
    counted: list[str] = []
    async with open_stage(listeners=Listeners(odd_field=counted.append)) as stage:
        message = stage.client.new("message", personal(ADA), ADA) | {"text": "usage", "replyToId": 1}
        assert (await stage.client.post(message, token="made-up")).status == 401
    assert counted == []


async def test_token_may_spell_the_service_url_otherwise(stage: Any) -> None:
    url = stage.connector.service_url
    for spelled in (url.removesuffix("/"), url.upper(), url.replace("/amer/", "/AMER/")):
        message = stage.client.new("message", personal(ADA), ADA) | {"text": spelled}
        assert (
            await stage.client.post(message, token=stage.connector.channel_token(service_url=spelled))
        ).status == 200
    assert len(await asked(stage)) == len(stage.connector.transcript.messages) == 3


async def test_reaction_gets_no_answer(stage: Any) -> None:
    said = await stage.client.say("usage")
    reaction = stage.client.new("messageReaction", personal(ADA), ADA)
    delivered = await stage.client.post(inbound.as_reaction(reaction, "like", said.activity["id"]))
    await stage.quiet()
    assert (delivered.status, len(stage.connector.transcript.messages)) == (200, 1)


@pytest.mark.parametrize(
    "name", ["application/vnd.microsoft.readReceipt", "application/vnd.microsoft.meetingStart", "made/up", None]
)
async def test_event_gets_no_answer(stage: Any, name: str | None) -> None:
    event = stage.client.new("event", personal(ADA), ADA) | {"name": name, "value": {"lastReadMessageId": "1"}}
    assert (await stage.client.post(event)).status == 200
    assert stage.connector.transcript.entries == []


@pytest.mark.parametrize(
    "name",
    [
        "composeExtension/queryLink",
        "composeExtension/setting",
        "task/fetch",
        "task/submit",
        "fileConsent/other",
        "message/submitAction",
        "config/fetch",
        "made/up",
        "",
        None,
    ],
)
async def test_invoke_is_not_implemented_when_its_name_is_unknown(stage: Any, name: str | None) -> None:
    invoke = stage.client.new("invoke", personal(ADA), ADA) | {"name": name, "value": {}}
    assert (await stage.client.post(invoke)).status == 501
    assert stage.connector.transcript.entries == []


@pytest.mark.parametrize("marked", [[], {}, ["<at>Bot</at>"], {"a": [1]}, 7, None, True], ids=str)
async def test_question_is_answered_whatever_a_mention_has_as_text(stage: Any, marked: object) -> None:
    said = stage.client.new("message", group(ADA, BEN), ADA) | {"text": f"<at>{stage.connector.bot_id}</at> usage"}
    bot = {"id": stage.connector.bot_id, "name": "Bot"}
    said["entities"] = [{"type": "mention", "mentioned": bot, "text": marked}]
    assert (await stage.client.post(said)).status == 200
    assert await asked(stage) == ["usage"]
    assert len(stage.connector.transcript.messages) == 1


@pytest.mark.parametrize("odd", ['"Ada \\ud83d"', "[" * 1_000 + "]" * 1_000], ids=["half an emoji", "deep"])
async def test_question_is_answered_beside_values_that_cannot_be_read(stage: Any, odd: str) -> None:
    said = stage.client.new("message", personal(ADA), ADA) | {"text": "usage", "locale": "@@", "later": "@@"}
    said |= {"attachments": "@@", "from": said["from"] | {"name": "@@"}}
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {stage.connector.channel_token()}"}
    body = json.dumps(said).replace('"@@"', odd)
    async with stage.http.post(stage.url, data=body.encode(), headers=headers) as response:
        assert response.status == 200
    assert await asked(stage) == ["usage"]
