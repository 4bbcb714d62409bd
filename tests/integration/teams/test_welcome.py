"""The welcome: posted once, whichever of the two activities comes first."""

from dataclasses import replace
from typing import Any

from bot.simulator.connector import ADA, BEN, channel, group, personal
from bot.simulator.connector.inbound_activity import as_installation, as_members_added
from bot.simulator.connector.rate_limits import OrderedFailure


async def test_installation_is_greeted_once_and_by_name(stage: Any) -> None:
    await stage.client.install()
    (posted,) = stage.connector.transcript.messages
    assert "Ada" in posted.activity["summary"]


async def test_order_of_the_two_activities_does_not_matter(stage: Any) -> None:
    here = personal(ADA)
    await stage.client.post(as_members_added(stage.client.new("conversationUpdate", here, ADA), here))
    await stage.client.post(as_installation(stage.client.new("installationUpdate", here, ADA), "add"))
    assert len(stage.connector.transcript.messages) == 1


async def test_channel_is_greeted_once_and_without_a_name(stage: Any) -> None:
    await stage.client.install(conversation=channel("sales", ADA, BEN))
    (posted,) = stage.connector.transcript.messages
    assert posted.conversation_id == channel("sales", ADA, BEN).id
    assert "Ada" not in posted.activity["summary"]


async def test_person_who_cannot_be_looked_up_is_greeted_without_a_name(stage: Any) -> None:
    stage.connector.fail_roster(OrderedFailure(403, "NotEnoughPermissions"))
    await stage.client.install()
    (posted,) = stage.connector.transcript.messages
    assert posted.activity["summary"].startswith("Hello!")


async def test_nobody_is_looked_up_for_the_welcome_of_a_channel(stage: Any) -> None:
    await stage.client.install(conversation=channel("sales", ADA, BEN))
    assert [each for each in stage.requests if "/members" in each] == []


async def test_welcome_gets_the_language_that_the_second_activity_names(stage: Any) -> None:
    reader = replace(ADA, locale="qps-ploc")
    here = personal(reader)
    stage.connector.state.join(here)
    await stage.client.post(as_members_added(stage.client.new("conversationUpdate", here, reader), here))
    await stage.client.post(as_installation(stage.client.new("installationUpdate", here, reader), "add"))
    english, accented = stage.connector.transcript.messages
    assert (english.kind, accented.kind, accented.id) == ("sent", "updated", english.id)
    assert "Hello" in english.activity["summary"]
    assert "Hello" not in accented.activity["summary"]
    assert "Ada" in accented.activity["summary"]
    assert len(stage.connector.state.shown(here.id)) == 1


async def test_welcome_in_the_language_of_the_person_is_not_changed(stage: Any) -> None:
    reader = replace(ADA, locale="qps-ploc")
    stage.connector.state.join(personal(reader))
    await stage.client.install(from_=reader)
    (posted,) = stage.connector.transcript.messages
    assert "Hello" not in posted.activity["summary"]


async def test_language_of_a_person_is_that_of_the_first_message(stage: Any) -> None:
    reader = replace(ADA, locale="de-DE")
    here = personal(reader)
    await stage.client.post(as_members_added(stage.client.new("conversationUpdate", here, reader), here))
    await stage.client.say("help", from_=reader)
    await stage.quiet()
    assert [caller.locale for _, caller in stage.answers.asked] == ["de-DE"]


async def test_team_is_greeted_in_the_channel_that_was_chosen(stage: Any) -> None:
    sales = channel("sales", ADA, BEN)
    await stage.client.install(conversation=sales)
    (posted,) = stage.connector.transcript.messages
    assert (sales.id == sales.team_id, posted.conversation_id) == (False, sales.id)


async def test_other_newcomers_are_not_greeted(stage: Any) -> None:
    activity = stage.client.new("conversationUpdate", group(ADA, BEN), ADA) | {"membersAdded": [{"id": BEN.id}]}
    assert (await stage.client.post(activity)).status == 200
    assert stage.connector.transcript.messages == []


async def test_an_upgrade_is_not_greeted(stage: Any) -> None:
    for action in ("add-upgrade", "remove-upgrade", "made-up"):
        base = stage.client.new("installationUpdate", personal(ADA), ADA)
        assert (await stage.client.post(as_installation(base, action))).status == 200
    assert stage.connector.transcript.messages == []


async def test_welcome_is_posted_with_the_second_activity_when_the_first_failed(stage: Any) -> None:
    stage.connector.fail_next(OrderedFailure(500))
    await stage.client.install()
    assert len(stage.connector.transcript.messages) == 1


async def test_conversation_is_greeted_again_when_the_bot_is_added_again(stage: Any) -> None:
    await stage.client.install()
    await stage.client.uninstall()
    await stage.client.install()
    assert len(stage.connector.transcript.messages) == 2


async def test_examples_of_the_welcome_get_the_language_too(stage: Any) -> None:
    reader = replace(ADA, locale="nl-NL")
    here = personal(reader)
    stage.connector.state.join(here)
    await stage.client.post(as_members_added(stage.client.new("conversationUpdate", here, reader), here))
    await stage.client.post(as_installation(stage.client.new("installationUpdate", here, reader), "add"))
    assert stage.answers.greeted == [(ADA.name, "en-US"), (ADA.name, "nl-NL")]
