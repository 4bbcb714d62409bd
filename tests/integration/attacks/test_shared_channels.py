"""A person of another tenant in a shared channel is answered in words only.

Whatever they send, nothing is fetched, stored or remembered, and no sign-in is offered.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.commands.command import Usage
from bot.simulator.connector import ADA, BEN, CARA, GUS, OTHER_TENANT
from bot.simulator.connector import inbound_activity as inbound
from bot.simulator.connector.invokes.invoke_shapes import as_press
from bot.simulator.connector.teams_people import Person, channel, group, personal
from bot.simulator.entra import User
from bot.usage.command_buttons import ask_button
from cards.views.button_payload import pack
from tests.integration.attacks.scene import Scene
from tests.integration.teams.sign_in.conftest import open_stage, spoken

SHARED = channel("Shared", ADA, BEN, CARA).thread("1700000000000")
QUESTION = "usage for TEST COMPANY on Exchange"
WORDS = "This channel is of another organization than your account, so I show you no figures here."


def sent(stage: Any, kind: str, person: Person = CARA, tenant: str = OTHER_TENANT, where: Any = SHARED) -> Any:
    """Return an activity of `person` in `where`.

    Teams' own data names the tenant of the sender.
    """
    stage.connector.state.join(where)
    activity = stage.bot.client.new(kind, where, person)
    activity["channelData"] = {**activity["channelData"], "tenant": {"id": tenant}}
    return activity


def asked(stage: Any, person: Person = CARA, tenant: str = OTHER_TENANT, text: str = QUESTION) -> Any:
    return inbound.as_message(sent(stage, "message", person, tenant), text, SHARED)


def kept(scene: Scene) -> set[tuple[Any, ...]]:
    """Return every row of the database, without the claims of activities."""
    return {row for row in scene.stored() if row[0] != "activity"}


async def posted_for(scene: Scene, activity: Any, status: int = 200) -> tuple[list[Any], Any]:
    """Send `activity`. Return what the bot posted, and its answer.

    Nothing else may have changed.
    """
    rows, issued, questions = kept(scene), scene.issued(), len(scene.stage.usage_requests())
    answer = await scene.stage.bot.client.post(activity)
    posted = await scene.stage.quiet()
    assert answer.status == status
    # The bot's own token for the connector is no token of a person.
    own = "the bot's own"
    assert {**scene.issued(), own: 0} == {**issued, own: 0}
    assert kept(scene) == rows
    assert len(scene.stage.usage_requests()) == questions
    assert "TEST COMPANY" not in json.dumps([each.activity for each in posted])
    assert "oauth" not in json.dumps([each.activity for each in posted]).lower()
    assert "/auth/start" not in json.dumps([each.activity for each in posted])
    return posted, answer


@pytest.mark.parametrize(
    "text", [QUESTION, "help", "sign in", "who am i", "forget me", "digests", "more", "", "x" * 9_000]
)
async def test_message_of_another_tenant_is_answered_in_words(scene: Scene, text: str) -> None:
    posted, _ = await posted_for(scene, asked(scene.stage, text=text))
    assert [spoken(each).startswith(WORDS) for each in posted] == [True]
    assert [each.conversation_id for each in posted] == [SHARED.id]
    assert "Ask me in a chat or team of your own organization." in spoken(posted[0])


async def test_message_without_the_type_of_its_conversation_is_answered_in_words(scene: Scene) -> None:
    activity = asked(scene.stage)
    del activity["conversation"]["conversationType"]
    posted, _ = await posted_for(scene, activity)
    assert [spoken(each).startswith(WORDS) for each in posted] == [True]


async def test_client_of_another_tenant_gets_words(scene: Scene) -> None:
    scene.stage.connector.state.join(SHARED)
    await scene.stage.say(QUESTION, CARA, SHARED)
    posted = await scene.stage.quiet()
    assert [spoken(each).startswith(WORDS) for each in posted] == [True]


async def test_guest_is_asked_to_sign_in_as_members_are(scene: Scene) -> None:
    here = channel("Guests", ADA, GUS)
    scene.stage.connector.state.join(here)
    scene.stage.connector.state.join(personal(GUS))
    await scene.stage.say(QUESTION, GUS, here)
    posted = await scene.stage.quiet()
    assert WORDS not in json.dumps([each.activity for each in posted])
    assert "oauth" in json.dumps([each.activity for each in posted if each.reader == GUS.id])


async def test_edited_message_of_another_tenant_is_answered_in_words(scene: Scene) -> None:
    said = asked(scene.stage)
    edit = inbound.as_change(said, sent(scene.stage, "messageUpdate"), "editMessage")
    posted, _ = await posted_for(scene, edit)
    assert [spoken(each).startswith(WORDS) for each in posted] == [True]


async def test_figures_are_not_fetched_with_the_token_of_a_member(scene: Scene) -> None:
    await scene.stage.signed_in(ADA)
    posted, _ = await posted_for(scene, asked(scene.stage, ADA))
    assert [spoken(each).startswith(WORDS) for each in posted] == [True]
    await scene.stage.say(QUESTION, ADA, SHARED)
    assert "TEST COMPANY" in json.dumps([each.activity for each in await scene.stage.quiet()])


async def test_figures_are_not_fetched_when_the_person_is_signed_in_at_home(tmp_path: Path, browser: Any) -> None:
    async with open_stage(tmp_path, tenants=(OTHER_TENANT,)) as stage:
        scene = Scene(stage, browser, trap=None)
        stage.connector.state.join(personal(CARA))
        stage.users[CARA.name] = stage.entra.directory.add(User(CARA.name, OTHER_TENANT, CARA.object_id))
        await stage.signed_in(CARA)
        posted, _ = await posted_for(scene, asked(stage))
        assert [spoken(each).startswith(WORDS) for each in posted] == [True]
        await stage.say(QUESTION, CARA)
        assert "TEST COMPANY" in json.dumps((await stage.heard()).activity)


@pytest.mark.parametrize("replace", [True, False])
async def test_button_of_another_tenant_is_answered_in_words(scene: Scene, replace: bool) -> None:
    await scene.stage.signed_in(ADA)
    data = pack(ask_button(Usage(), replace=replace))
    for person in (CARA, ADA):
        posted, answer = await posted_for(scene, as_press(sent(scene.stage, "invoke", person), data, "1"))
        assert posted == []
        assert answer.body["type"] == "application/vnd.microsoft.error"
        assert answer.body["value"]["message"].startswith(WORDS)
        # An old client sends the button as a message.
        posted, _ = await posted_for(scene, sent(scene.stage, "message", person) | {"value": data})
        assert [spoken(each).startswith(WORDS) for each in posted] == [True]


@pytest.mark.parametrize("name", ["signin/tokenExchange", "signin/verifyState", "signin/failure", "task/fetch", None])
async def test_sign_in_of_another_tenant_is_refused(scene: Scene, name: str | None) -> None:
    await scene.stage.say(QUESTION)
    card = await scene.stage.offered()
    value = {"id": card["tokenExchangeResource"]["id"], "token": scene.stage.token(ADA)}
    for person in (ADA, CARA):
        invoke = sent(scene.stage, "invoke", person) | {"name": name, "value": value}
        assert (await posted_for(scene, invoke, 403))[0] == []
    assert not scene.kept(ADA, CARA)


@pytest.mark.parametrize("kind", ["conversationUpdate", "installationUpdate", "messageReaction", "event", "typing"])
async def test_event_of_another_tenant_is_refused(scene: Scene, kind: str) -> None:
    event = sent(scene.stage, kind) | {"action": "remove", "membersRemoved": [{"id": ADA.id}]}
    assert (await posted_for(scene, event, 403))[0] == []


@pytest.mark.parametrize("where", [personal(CARA), personal(ADA), group(ADA, CARA), replace(SHARED, scope="groupChat")])
async def test_two_tenants_are_refused_outside_of_channels(scene: Scene, where: Any) -> None:
    tenants = {ADA.tenant_id, OTHER_TENANT} - {where.tenant_id}
    message = sent(scene.stage, "message", CARA, tenants.pop(), where) | {"text": QUESTION}
    with capture_logs() as logs:
        assert (await posted_for(scene, message, 403))[0] == []
    assert [each["reason"] for each in logs if each["event"] == "request_refused"] == ["the activity names two tenants"]


@pytest.mark.parametrize("person", [ADA, CARA])
async def test_channel_of_a_tenant_that_is_not_served_gets_no_words(scene: Scene, person: Person) -> None:
    await scene.stage.signed_in(ADA)
    message = sent(scene.stage, "message", person, ADA.tenant_id, replace(SHARED, tenant_id=OTHER_TENANT))
    with capture_logs() as logs:
        assert (await posted_for(scene, message | {"text": QUESTION}, 403))[0] == []
    assert [each["reason"] for each in logs if each["event"] == "request_refused"] == ["the tenant is not served"]
