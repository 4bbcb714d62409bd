"""A language model may propose a reading; whatever it does, nothing else changes."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import time

import pytest

from bot.app.answering import engine
from bot.commands.command import Name, NewDigest, Usage
from bot.commands.command_document import write_object
from bot.domain.conversation import Conversation, ConversationKind
from bot.domain.licensing import Dimension
from bot.domain.recurrence import Schedule, Weekly
from bot.settings import Settings
from bot.simulator.access_tokens import SimulatedUserTokens, TokenAuthority
from bot.simulator.language_model.simulated_model import ModelReply, SimulatedModel
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import make_world, partner_center_app
from bot.usage.command_buttons import press_of
from cards.draw import draw, plain_text
from cards.views.answer_views import NotUnderstoodView, UsageView
from cards.wording.locale_words import LocaleWords
from tests.integration.handlers.conftest import ANN, Desk

MISSED = "zorblax the frimble for TEST COMPANY on Exchange"
USAGE = {"v": 1, "verb": "usage", "for": [{"name": "TEST COMPANY"}], "on": [{"name": "Exchange"}]}
SENTENCE = "usage for TEST COMPANY on Exchange"


def says(command: object) -> ModelReply:
    return ModelReply(json.dumps({"command": command}))


@pytest.fixture
async def model() -> AsyncIterator[SimulatedModel]:
    async with SimulatedModel() as simulated:
        yield simulated


@pytest.fixture
async def asking(model: SimulatedModel) -> AsyncIterator[Desk]:
    authority = TokenAuthority()
    app = partner_center_app(make_world(customers=60, seed=1), verify=authority.verify)
    server = await listen(app)
    settings = Settings(
        partner_center_url=server.url,
        model_url=f"{model.url}/v1",
        model_name=model.model,
        model_key=model.key,
        model_seconds=20,
    )
    async with engine(settings, SimulatedUserTokens(authority)) as parts:
        yield Desk(parts, app)
    await server.close()


async def missed(asking: Desk, text: str = MISSED) -> NotUnderstoodView:
    view = await asking.ask(text)
    assert isinstance(view, NotUnderstoodView)
    return view


async def test_reading_is_offered_and_answered_when_it_is_chosen(asking: Desk, model: SimulatedModel) -> None:
    model.replies.append(says(USAGE))
    view = await missed(asking)
    assert view.proposal is not None
    assert view.proposal.text == SENTENCE
    assert not asking.usage_requests()
    button = press_of(view.proposal.ask)
    assert button is not None
    assert isinstance(await asking.engine.answers.press(button, ANN), UsageView)


async def test_card_and_text_say_whose_reading_it_is(asking: Desk, model: SimulatedModel) -> None:
    model.replies.append(says(USAGE))
    view = await missed(asking)
    words = LocaleWords.load("en")
    assert words.say("problem.proposal") in json.dumps(draw(view, words))
    assert f"{words.say('problem.proposal')} {SENTENCE}" in plain_text(view, words)


async def test_model_sees_the_sentence_and_no_name_token_or_figure(asking: Desk, model: SimulatedModel) -> None:
    await asking.ask(SENTENCE)
    await missed(asking)
    [asked] = model.asked
    sent = json.dumps(asked)
    assert MISSED in sent
    names = asking.engine.services.directories.known(ANN)
    assert names is not None
    others = [each for each in names.completing(Dimension.CUSTOMER, "", 100) if each.name != "TEST COMPANY"]
    assert others
    assert not [each for each in others if each.id.casefold() in sent.casefold()]
    # One customer of the demo is called as a verb.
    assert not [each for each in others if each.name in sent and each.name != "Usage"]
    assert "eyJ" not in sent
    assert ANN.object_id not in sent.split('"')
    assert ANN.tenant_id not in sent


async def test_sentence_that_is_understood_is_not_sent(asking: Desk, model: SimulatedModel) -> None:
    assert isinstance(await asking.ask(SENTENCE), UsageView)
    await asking.ask("hello")
    await asking.ask("who won the football game")
    assert [each["messages"][1]["content"] for each in model.asked if SENTENCE in str(each)] == []


@pytest.mark.parametrize(
    "document",
    [
        {"v": 1, "verb": "usage"},
        {"v": 1, "verb": "usage", "for": [{"name": "Focus on IT"}]},
        {"v": 1, "verb": "usage", "for": [{"name": "TEST COMPANY", "id": "x"}], "on": [{"name": "Zorblax"}]},
        {"v": 1, "verb": "usage", "filter": "customerTenantId eq 'x'"},
        {"v": 1, "verb": "forget_me"},
        {"v": 1, "verb": "handle_digest", "act": "stop", "every": True},
        {"v": 9, "verb": "usage"},
        "drop table",
        None,
    ],
    ids=lambda each: json.dumps(each)[:40],
)
async def test_wrong_reading_changes_nothing(asking: Desk, model: SimulatedModel, document: object) -> None:
    plain = await missed(asking)
    model.replies.append(says(document))
    assert await missed(asking) == plain
    assert plain.proposal is None


async def test_id_that_nobody_typed_is_not_believed(asking: Desk, model: SimulatedModel) -> None:
    names = asking.engine.services.directories
    await asking.ask("customers")
    known = names.known(ANN)
    assert known is not None
    other = next(each for each in known.completing(Dimension.CUSTOMER, "", 100) if each.name != "TEST COMPANY")
    model.replies.append(says(USAGE | {"for": [{"name": "TEST COMPANY", "id": other.id}]}))
    view = await missed(asking)
    assert view.proposal is not None
    assert view.proposal.text == SENTENCE
    button = press_of(view.proposal.ask)
    assert button is not None
    assert other.id not in str(button.asked)


@pytest.mark.parametrize(
    "reply",
    [
        ModelReply(status=500, body=b"boom"),
        ModelReply(status=429, body=b'{"error": {"message": "slow down"}}'),
        ModelReply(status=302, body=b""),
        ModelReply(body=b"<html>"),
        ModelReply(body=b"[" * 60_000),
        ModelReply(body=b" " * 200_000),
        ModelReply(content=None),
        ModelReply(content="Sure! Here you go."),
        ModelReply(cut=True),
    ],
    ids=["500", "429", "302", "html", "deep", "huge", "null", "prose", "cut"],
)
async def test_broken_endpoint_changes_nothing(asking: Desk, model: SimulatedModel, reply: ModelReply) -> None:
    plain = await missed(asking)
    model.replies.append(reply)
    assert await missed(asking) == plain


async def test_slow_endpoint_holds_nobody_else_up(asking: Desk, model: SimulatedModel) -> None:
    held = asyncio.Event()
    model.replies.append(ModelReply('{"command": null}', held=held))
    waiting = asyncio.create_task(missed(asking))
    await model.arrived.wait()
    assert isinstance(await asking.ask(SENTENCE), UsageView)
    held.set()
    assert (await waiting).proposal is None


async def test_silent_endpoint_is_waited_for_as_long_as_the_setting_says(model: SimulatedModel) -> None:
    authority = TokenAuthority()
    server = await listen(partner_center_app(make_world(customers=5, seed=1), verify=authority.verify))
    settings = Settings(
        partner_center_url=server.url, model_url=f"{model.url}/v1", model_name=model.model, model_key=model.key,
        model_seconds=0.05,
    )  # fmt: skip
    never = asyncio.Event()
    model.replies.extend(ModelReply(held=never) for _ in range(9))
    async with engine(settings, SimulatedUserTokens(authority)) as parts:
        for _ in range(4):
            view = await parts.answers.answer(MISSED, ANN)
            assert isinstance(view, NotUnderstoodView)
            assert view.proposal is None
    assert len(model.asked) == 3  # after three failures it is left alone for a minute
    never.set()
    await server.close()


async def test_wrong_key_changes_nothing(asking: Desk, model: SimulatedModel) -> None:
    model.key = "another"
    assert (await missed(asking)).proposal is None
    assert model.refused


async def test_nothing_is_sent_without_the_setting(desk: Desk) -> None:
    assert desk.engine.services.proposals is None


async def test_new_digest_is_offered_to_one_person_only(asking: Desk, model: SimulatedModel) -> None:
    digest = NewDigest(Usage(subjects=(Name("Exchange"),)), Schedule(Weekly(frozenset({0})), time(9)))
    for kind, offered in ((ConversationKind.PERSONAL, True), (ConversationKind.CHANNEL, False)):
        model.replies.append(says(write_object(digest)))
        here = Conversation("19:a", kind, "{}")
        view = await asking.engine.answers.answer("frimble Exchange zorblax every monday at 9", ANN, here=here)
        assert isinstance(view, NotUnderstoodView)
        assert (view.proposal is not None) is offered


async def test_reading_that_no_report_answers_changes_nothing(asking: Desk, model: SimulatedModel) -> None:
    plain = await missed(asking)
    model.replies.append(says(USAGE | {"seats": "sold"}))
    assert await missed(asking) == plain
