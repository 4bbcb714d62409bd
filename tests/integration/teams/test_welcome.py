"""The welcome: posted once, whichever of the two activities comes first."""

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
