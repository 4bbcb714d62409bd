"""Names in any case: those of every model that the routes of the connector read."""

import pytest
from botbuilder.schema import (
    Activity,
    Attachment,
    CardAction,
    ChannelAccount,
    ConversationAccount,
    ConversationParameters,
    ConversationReference,
    Entity,
    Mention,
    MessageReaction,
    SemanticAction,
    SuggestedActions,
    TextHighlight,
    Transcript,
)
from botbuilder.schema.teams import (
    ChannelInfo,
    NotificationInfo,
    TeamInfo,
    TeamsChannelData,
    TeamsChannelDataSettings,
    TeamsMeetingInfo,
    TenantInfo,
)

from bot.simulator.connector.conversations.any_case import FOREIGN, KNOWN, known_names

MODELS = (
    Activity, Attachment, CardAction, ChannelAccount, ConversationAccount, ConversationParameters,
    ConversationReference, Entity, Mention, MessageReaction, SemanticAction, SuggestedActions, TextHighlight,
    Transcript, ChannelInfo, NotificationInfo, TeamInfo, TeamsChannelData, TeamsChannelDataSettings, TeamsMeetingInfo,
    TenantInfo,
)  # fmt: skip


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_name_of_a_model_is_read_in_any_case(model: type) -> None:
    names = [attribute["key"] for attribute in model._attribute_map.values()]
    assert names
    for name in names:
        (as_documented,) = {each for each in KNOWN if each.casefold() == name.casefold()}
        for spelled in (name.upper(), name.lower(), name.capitalize()):
            assert known_names({spelled: 1}) == {as_documented: 1}


def test_no_name_is_known_in_two_spellings() -> None:
    assert len({name.casefold() for name in KNOWN}) == len(KNOWN)


@pytest.mark.parametrize("name", [*FOREIGN, *(each.upper() for each in FOREIGN)])
def test_what_a_card_or_a_payload_holds_keeps_its_names(name: str) -> None:
    inner = {"TYPE": "AdaptiveCard", "Text": [{"NAME": 1}]}
    assert known_names({"Attachments": [{name: inner}]}) == {"attachments": [{name.lower(): inner}]}


def test_unknown_name_is_kept() -> None:
    assert known_names({"Made-Up": {"ID": 1}}) == {"Made-Up": {"id": 1}}
