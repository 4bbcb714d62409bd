"""Tests that the conversations API answers what Teams answers, over HTTP."""

from typing import Any

import pytest

from bot.simulator.connector import (
    ADA,
    BEN,
    TENANT,
    OrderedFailure,
    Person,
    SimulatedConnector,
    channel,
    group,
    personal,
)
from bot.simulator.connector.blocked_conversations import AfterRemoval
from bot.simulator.connector.teams_people import guid
from bot.simulator.entra.issuer_keys import issuer

TEXT = {"type": "message", "text": "Hello"}
CARD = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "x"}]}


def with_card(card: Any) -> dict[str, Any]:
    return {
        "type": "message",
        "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": card}],
    }


def code(answer: Any) -> str:
    assert set(answer["error"]) == {"code", "message"}
    return str(answer["error"]["code"])


async def test_a_sent_message_gets_an_id_and_can_be_awaited(wire: Any) -> None:
    status, answer = await wire.send(with_card(CARD))
    posted = await wire.connector.next_message()
    assert status == 201
    assert answer == {"id": posted.id}
    assert (posted.kind, posted.conversation_id, posted.card) == ("sent", personal(ADA).id, CARD)


async def test_updated_message_replaces_the_first(wire: Any) -> None:
    _, sent = await wire.send(TEXT)
    path = f"v3/conversations/{personal(ADA).id}/activities/{sent['id']}"
    status, _ = await wire.call("PUT", path, json={"type": "message", "text": "Done"})
    assert status == 200
    assert [entry["text"] for entry in wire.connector.state.shown(personal(ADA).id)] == ["Done"]
    assert [entry.kind for entry in wire.connector.transcript.messages] == ["sent", "updated"]


async def test_a_deleted_message_is_gone_and_cannot_be_updated(wire: Any) -> None:
    _, sent = await wire.send(TEXT)
    path = f"v3/conversations/{personal(ADA).id}/activities/{sent['id']}"
    assert (await wire.call("DELETE", path))[0] == 200
    assert wire.connector.state.shown(personal(ADA).id) == []
    status, answer = await wire.call("PUT", path, json=TEXT)
    assert (status, code(answer)) == (404, "ActivityNotFoundInConversation")


async def test_a_reply_may_name_any_activity(wire: Any) -> None:
    path = f"v3/conversations/{personal(ADA).id}/activities/made-up"
    assert (await wire.call("POST", path, json=TEXT))[0] == 201
    assert (await wire.connector.next_message()).reply_to == "made-up"


async def test_an_unknown_conversation_is_404(wire: Any) -> None:
    status, answer = await wire.send(TEXT, personal(Person("Eve", guid("eve"))))
    assert (status, code(answer)) == (404, "ConversationNotFound")


async def test_a_thread_of_a_known_channel_exists(wire: Any) -> None:
    thread = channel("Licenses", ADA, BEN).thread("1700000000000")
    assert (await wire.send(TEXT, thread))[0] == 201
    assert (await wire.send(TEXT, channel("Elsewhere", ADA).thread("1")))[0] == 404


@pytest.mark.parametrize(
    ("removal", "status", "said"),
    [
        (AfterRemoval.NOT_IN_ROSTER, 403, "BotNotInConversationRoster"),
        (AfterRemoval.BLOCKED, 403, "MessageWritesBlocked"),
        (AfterRemoval.TAKEN, 200, "id"),
    ],
)
async def test_message_to_a_chat_the_bot_was_removed_from_reaches_nobody(
    wire: Any, removal: AfterRemoval, status: int, said: str
) -> None:
    wire.connector.state.leave(group(ADA, BEN), removal)
    got, answer = await wire.send(TEXT, group(ADA, BEN))
    assert (got, said in str(answer)) == (status, True)
    assert wire.connector.transcript.entries == []


async def test_chat_with_a_person_who_removed_the_bot_is_not_created(wire: Any) -> None:
    wire.connector.state.leave(personal(BEN))
    asked = {"isGroup": False, "members": [{"id": BEN.id}], "tenantId": TENANT}
    status, answer = await wire.call("POST", "v3/conversations", json=asked)
    assert (status, code(answer)) == (403, "BotNotInConversationRoster")


@pytest.mark.parametrize(
    ("activity", "status", "name"),
    [
        ([], 400, "BadSyntax"),
        ("hello", 400, "BadSyntax"),
        ({}, 400, "BadArgument"),
        ({"type": None, "text": "x"}, 400, "BadArgument"),
        ({"text": "x"}, 400, "BadArgument"),
        ({"type": "invokeResponse"}, 400, "BadSyntax"),
        ({"type": "message"}, 400, "BadSyntax"),
        ({"type": "message", "text": ""}, 400, "BadSyntax"),
        ({"type": "message", "text": 3}, 400, "BadSyntax"),
        ({"type": "message", "attachments": {}}, 400, "BadSyntax"),
        ({"type": "message", "attachments": ["card"]}, 400, "BadSyntax"),
        ({"type": "message", "text": "x", "from": {"id": "28:somebody-else"}}, 403, "Forbidden"),
        (with_card("{}"), 400, "BadArgument"),
        (with_card({"type": "Card"}), 400, "BadArgument"),
        (with_card({"type": "AdaptiveCard", "body": ['{"type": "TextBlock"}']}), 400, "BadArgument"),
        ({"type": "message", "text": "x" * 60_000}, 413, "MessageSizeTooBig"),
    ],
)
async def test_activity_is_refused_when_teams_would_refuse_it(wire: Any, activity: Any, status: int, name: str) -> None:
    got, answer = await wire.send(activity)
    assert (got, code(answer)) == (status, name)
    assert wire.connector.transcript.entries == []


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'"\\ud800"'])
async def test_body_that_is_not_a_json_object_is_400_or_413(wire: Any, body: bytes) -> None:
    path = f"v3/conversations/{personal(ADA).id}/activities"
    status, _ = await wire.call("POST", path, data=body, headers={"Content-Type": "application/json"})
    assert status in {400, 413}


async def test_a_body_that_does_not_say_it_is_json_is_415(wire: Any) -> None:
    path = f"v3/conversations/{personal(ADA).id}/activities"
    status, answer = await wire.call("POST", path, data=b"{}", headers={"Content-Type": "text/plain"})
    assert (status, code(answer)) == (415, "UnsupportedMediaType")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic eDp5", "Bearer e30.e30.e30"])
async def test_request_is_refused_without_a_valid_bearer(wire: Any, header: str) -> None:
    path = f"v3/conversations/{personal(ADA).id}/activities"
    status, answer = await wire.call("POST", path, json=TEXT, headers={"Authorization": header})
    assert (status, code(answer)) == (401, "Unauthorized")


async def test_channel_token_and_other_bots_token_are_refused(wire: Any) -> None:
    keys = wire.connector.keys
    for token in (wire.connector.channel_token(), keys.app_token("another-bot", TENANT, issuer(TENANT))):
        wire.bearer = token
        assert (await wire.send(TEXT))[0] == 401


async def test_the_service_urls_path_must_be_kept(wire: Any) -> None:
    async with wire.session.post(f"{wire.connector.url}/v3/conversations/x/activities", json=TEXT) as response:
        assert response.status == 404


async def test_one_to_one_chat_is_created_once(wire: Any) -> None:
    asked = {"isGroup": False, "members": [{"id": BEN.id}], "tenantId": TENANT}
    first = await wire.call("POST", "v3/conversations", json=asked)
    again = await wire.call("POST", "v3/conversations", json=asked)
    assert first[0] == 201
    assert first[1] == again[1] == {"id": personal(BEN).id}


async def test_names_are_read_in_any_case(wire: Any) -> None:
    asked = {"IsGroup": False, "Members": [{"ID": BEN.id}], "tenantID": TENANT}
    assert await wire.call("POST", "v3/Conversations", json=asked) == (201, {"id": personal(BEN).id})
    sent = {"Type": "message", "Text": "Hello", "attachments": [{"ContentType": "text/plain", "content": {"ID": 1}}]}
    assert (await wire.send(sent))[0] == 201
    posted = await wire.connector.next_message()
    assert (posted.text, posted.activity["attachments"][0]["content"]) == ("Hello", {"ID": 1})
    where = group(ADA, BEN).id
    assert (await wire.call("GET", f"V3/conversations/{where}/pagedMembers"))[0] == 200


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"members": [{"id": "29:stranger"}], "tenantId": TENANT}, 403),
        ({"members": [{"id": BEN.object_id}], "tenantId": TENANT}, 400),
        ({"members": [{"id": ADA.id}], "tenantId": "another"}, 400),
        ({"members": [], "tenantId": TENANT}, 400),
        ({"isGroup": True, "members": [{"id": ADA.id}, {"id": BEN.id}], "tenantId": TENANT}, 400),
        ({"isGroup": True, "channelData": {"channel": {"id": "19:x@thread.tacv2"}}, "activity": TEXT}, 404),
        ({"isGroup": True, "channelData": {"channel": "19:x"}, "activity": TEXT}, 400),
    ],
)
async def test_conversations_that_cannot_be_created_are_refused(wire: Any, asked: Any, status: int) -> None:
    assert (await wire.call("POST", "v3/conversations", json=asked))[0] == status


async def test_a_new_thread_in_a_channel_holds_its_first_message(wire: Any) -> None:
    where = channel("Licenses", ADA, BEN)
    asked = {"isGroup": True, "channelData": {"channel": {"id": where.id}}, "activity": TEXT, "tenantId": TENANT}
    status, made = await wire.call("POST", "v3/conversations", json=asked)
    posted = await wire.connector.next_message()
    assert status == 201
    assert made == {"id": where.thread(posted.id).id, "activityId": posted.id}
    assert posted.conversation_id == made["id"]


async def test_first_message_of_a_thread_is_replaced_by_either_id(wire: Any) -> None:
    where = channel("Licenses", ADA, BEN)
    _, sent = await wire.send(TEXT, where)
    for place in (where, where.thread(sent["id"])):
        path = f"v3/conversations/{place.id}/activities/{sent['id']}"
        assert (await wire.call("PUT", path, json={"type": "message", "text": place.id}))[0] == 200
        assert [each["text"] for each in wire.connector.state.shown(where.id)] == [place.id]
    path = f"v3/conversations/{where.thread('17').id}/activities/{sent['id']}"
    assert (await wire.call("PUT", path, json=TEXT))[0] == 404


async def test_the_roster_names_people_as_teams_does(wire: Any) -> None:
    where = group(ADA, BEN).id
    _, everybody = await wire.call("GET", f"v3/conversations/{where}/members")
    _, one = await wire.call("GET", f"v3/conversations/{where}/members/{ADA.object_id}")
    assert [member["aadObjectId"] for member in everybody] == [ADA.object_id, BEN.object_id]
    assert one == everybody[0]
    assert (await wire.call("GET", f"v3/conversations/{where}/members/29:x"))[0] == 404
    assert (await wire.call("GET", f"v3/conversations/{where}/pagedmembers"))[1] == {"members": everybody}


async def test_conversations_teams_and_members_of_an_activity_are_read(wire: Any) -> None:
    where = channel("Licenses", ADA, BEN)
    _, every = await wire.call("GET", "v3/conversations")
    assert where.id in [each["id"] for each in every["conversations"]]
    _, team = await wire.call("GET", f"v3/teams/{where.team_id}")
    assert team == where.team()
    _, channels = await wire.call("GET", f"v3/teams/{where.team_id}/conversations")
    assert channels == {"conversations": [{"id": where.team_id, "name": None}, {"id": where.id, "name": "Licenses"}]}
    _, sent = await wire.send(TEXT, where)
    _, readers = await wire.call("GET", f"v3/conversations/{where.id}/activities/{sent['id']}/members")
    assert readers == where.roster()


async def test_member_is_taken_out_of_a_chat(wire: Any) -> None:
    path = f"v3/conversations/{group(ADA, BEN).id}/members/{BEN.id}"
    assert [(await wire.call("DELETE", path))[0] for _ in range(2)] == [200, 404]
    assert [each["id"] for each in wire.connector.state.conversation(group(ADA, BEN).id).roster()] == [ADA.id]


async def test_reactions_of_the_bot_are_no_messages(wire: Any) -> None:
    path = f"v3/conversations/{personal(ADA).id}/activities/17/reactions/like"
    assert [(await wire.call(method, path))[0] for method in ("PUT", "DELETE")] == [200, 200]
    entries = wire.connector.transcript.entries
    assert [(each.kind, each.id, each.activity) for each in entries] == [
        ("reacted", "17", {"reaction": "like"}),
        ("unreacted", "17", {"reaction": "like"}),
    ]
    assert wire.connector.transcript.messages == []


async def test_roster_is_read_page_by_page_and_names_no_member_who_left(wire: Any) -> None:
    crowd = group(*(Person(f"P{number}", f"p{number}") for number in range(120)))
    wire.connector.state.join(crowd)
    here, found, token = f"v3/conversations/{crowd.id}", [], ""
    for size, name in ((50, "pageSize"), (50, "PAGESIZE"), (20, "pagesize")):
        _, page = await wire.call("GET", f"{here}/pagedmembers?{name}=1{token}")  # a page has 50 members at least
        assert len(page["members"]) == size
        found += [each["id"] for each in page["members"]]
        token = f"&ContinuationToken={page.get('continuationToken')}"
    assert (found, token) == ([each.id for each in crowd.members], "&ContinuationToken=None")
    assert (await wire.call("GET", f"{here}/pagedmembers?pageSize=x"))[0] == 400
    wire.connector.state.remove_member(crowd.members[0], crowd.id)
    status, refused = await wire.call("GET", f"{here}/members/{crowd.members[0].id}")
    assert (status, refused["error"]["code"]) == (404, "MemberNotFoundInConversation")


async def test_ordered_fault_happens_to_one_request(wire: Any) -> None:
    wire.connector.fail_next(
        OrderedFailure(502, after_taking=True), OrderedFailure(429, "TooManyRequests", retry_after=2)
    )
    assert (await wire.send(TEXT))[0] == 502
    assert len(wire.connector.transcript.messages) == 1
    assert (await wire.send(TEXT))[0] == 429
    assert (await wire.send(TEXT))[0] == 201
    assert len(wire.connector.transcript.messages) == 2


async def test_eighth_message_within_a_second_is_throttled_with_limits() -> None:
    async with SimulatedConnector(anonymous=True, rate_limited=True) as connector:
        import aiohttp

        async with aiohttp.ClientSession() as session:
            url = f"{connector.service_url}v3/conversations/{personal(ADA).id}/activities"
            statuses = []
            for _ in range(8):
                async with session.post(url, json=TEXT) as response:
                    statuses.append(response.status)
            assert statuses == [201] * 7 + [429]
            assert int(response.headers["Retry-After"]) >= 1


async def test_requests_and_connections_are_counted(wire: Any) -> None:
    await wire.send(TEXT)
    await wire.send(TEXT)
    assert wire.connector.state.requests == 2
    assert len(wire.connector.state.connections) == 1
