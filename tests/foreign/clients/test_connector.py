"""botframework-connector, the stock client of the connector, uses the API as a bot's process would."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar

import pytest
from botbuilder.schema import Activity, ChannelAccount, ConversationParameters, ErrorResponseException
from botframework.connector import ConnectorClient
from botframework.connector.auth import MicrosoftAppCredentials

from bot.simulator.connector import ADA, BEN, SimulatedConnector, channel, group, personal
from tests.foreign import routed
from tests.foreign.conftest import PublicConnector
from tests.foreign.public_names import CONNECTOR, SIGN_IN, Certificate, served

Answer = TypeVar("Answer")
GROUP, CHANNEL = group(ADA, BEN), channel("Licenses", ADA, BEN)


class Caller:
    """The client, run in threads: it is synchronous."""

    def __init__(self, connector: SimulatedConnector, client: ConnectorClient) -> None:
        self.connector = connector
        self.conversations = client.conversations

    async def ask(self, call: Callable[..., Answer], *given: Any) -> Answer:
        return await asyncio.to_thread(call, *given)


@pytest.fixture
async def caller(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Caller]:
    async with PublicConnector() as connector, served(connector.application(), certificate) as port:
        for name, value in certificate.environment({}).items():
            monkeypatch.setenv(name, value)
        routed.install({SIGN_IN: port, CONNECTOR: port}, monkeypatch.setattr)
        credentials = MicrosoftAppCredentials(connector.app_id, connector.password, ADA.tenant_id)
        with ConnectorClient(credentials, base_url=connector.service_url) as client:
            yield Caller(connector, client)


def said(text: str) -> Activity:
    return Activity(type="message", text=text)


async def test_message_is_sent_answered_changed_and_deleted(caller: Caller) -> None:
    talk = caller.conversations
    sent = await caller.ask(talk.send_to_conversation, GROUP.id, said("one"))
    answered = await caller.ask(talk.reply_to_activity, GROUP.id, sent.id, said("two"))
    await caller.ask(talk.update_activity, GROUP.id, answered.id, said("three"))
    await caller.ask(talk.delete_activity, GROUP.id, sent.id)
    done = [(each.kind, each.id, each.text) for each in caller.connector.transcript.entries]
    assert done == [
        ("sent", sent.id, "one"),
        ("sent", answered.id, "two"),
        ("updated", answered.id, "three"),
        ("deleted", sent.id, ""),
    ]


async def test_members_are_read_as_a_list_and_page_by_page(caller: Caller) -> None:
    whole = await caller.ask(caller.conversations.get_conversation_members, GROUP.id)
    page = await caller.ask(caller.conversations.get_conversation_paged_members, GROUP.id)
    one = await caller.ask(caller.conversations.get_conversation_member, GROUP.id, BEN.id)
    assert [each.name for each in whole] == [each.name for each in page.members] == [ADA.name, BEN.name]
    assert one.aad_object_id == BEN.object_id


async def test_private_chat_is_created_for_a_member(caller: Caller) -> None:
    wanted = ConversationParameters(
        is_group=False,
        bot=ChannelAccount(id=caller.connector.bot_id),
        members=[ChannelAccount(id=ADA.id)],
        tenant_id=ADA.tenant_id,
    )
    created = await caller.ask(caller.conversations.create_conversation, wanted)
    assert created.id == personal(ADA).id


async def test_thread_is_created_with_its_first_message(caller: Caller) -> None:
    place = {"channel": {"id": CHANNEL.id}, "tenant": {"id": ADA.tenant_id}}
    wanted = ConversationParameters(is_group=True, channel_data=place, activity=said("first"))
    created = await caller.ask(caller.conversations.create_conversation, wanted)
    assert created.id.startswith(f"{CHANNEL.id};messageid=")
    await caller.ask(caller.conversations.send_to_conversation, created.id, said("second"))
    assert [each.conversation_id for each in caller.connector.transcript.entries] == [created.id] * 2


async def test_refusal_is_read_with_its_code(caller: Caller) -> None:
    caller.connector.state.leave(GROUP)
    with pytest.raises(ErrorResponseException) as refused:
        await caller.ask(caller.conversations.send_to_conversation, GROUP.id, said("hi"))
    assert refused.value.error.error.code
