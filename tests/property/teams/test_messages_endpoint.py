"""No request to /api/messages, whatever it contains, is answered with a 500."""

import asyncio
import base64
import json
from collections.abc import Callable, Iterator
from typing import Any

import aiohttp
import msgspec
import pytest
from aiohttp import web
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.commands.command import Help
from bot.domain.conversation import Caller
from bot.domain.licensing import Dimension, Entry
from bot.simulator.connector import ADA, SimulatedConnector, personal
from bot.simulator.connector.inbound_activity import activity, as_message
from bot.simulator.connector.invokes.invoke_shapes import as_press
from bot.simulator.loopback_listener import listen
from bot.teams.activity.incoming_activity import IncomingActivity
from bot.teams.activity.odd_fields import MAY_BE_ODD
from bot.teams.auth.teams_settings import TeamsSettings
from bot.teams.connector.connector_client import Retries
from bot.teams.teams_bot import TeamsBot
from bot.teams.turn.answering_port import Progress
from bot.usage.command_buttons import PressedButton, ask_button
from bot.usage.memory.answer_locale import AnswerLocale
from cards.views.answer_views import Example, HelpView, View
from cards.views.button_payload import pack
from cards.views.usage_views import Figures

EXPECTED = {200, 202, 400, 401, 403, 413, 415, 501}
Post = Callable[..., int]


class Answers:
    async def answer(self, text: str, caller: object, progress: Progress | None = None, here: object = None) -> View:
        return HelpView(None, (Example(text, "help.example.basic"),))

    async def press(
        self, button: PressedButton, caller: object, progress: Progress | None = None, here: object = None
    ) -> View:
        return await self.answer(button.sentence, caller, progress)

    async def complete(self, dimension: Dimension, text: str, caller: object, most: int) -> list[Entry]:
        return [Entry(dimension, f"id-{number}", text or "Contoso") for number in range(most)]

    async def figures_of(self, entries: list[Entry], caller: object) -> dict[str, Figures]:
        return {entries[0].id: Figures(62, 62, 100, 38)} if entries else {}

    async def locale_of(self, caller: Caller, text: str = "", mark: str = "") -> AnswerLocale:
        return AnswerLocale(caller.locale)

    def welcome(self, caller: object) -> View:
        return HelpView(None, ())


@pytest.fixture(scope="module", params=["anonymous", "checked"])
def post(request: pytest.FixtureRequest) -> Iterator[Post]:
    """Return a function that posts bytes to a bot and returns the status.

    The bot runs in an event loop of its own.
    """
    with asyncio.Runner() as runner:
        close, send = runner.run(_open(anonymous=request.param == "anonymous"))
        yield lambda data, headers: runner.run(send(data, headers))
        runner.run(close())


async def _open(*, anonymous: bool) -> Any:
    connector = await SimulatedConnector(anonymous=True).start()
    session, http = aiohttp.ClientSession(), aiohttp.ClientSession()
    teams = TeamsSettings(
        app_id="" if anonymous else connector.app_id,
        service_hosts=(connector.url.removeprefix("http://"),),
        anonymous=anonymous,
        openid_url=connector.openid_configuration_url,
    )
    tokens: Any = Constant()
    bot = TeamsBot(Answers(), session, teams, tokens, retries=Retries(attempts=1))
    app = web.Application()
    app.add_routes(bot.routes())
    listening = await listen(app)
    STATE.update(service_url=connector.service_url, bot_id=connector.bot_id, token=connector.channel_token())

    async def send(data: bytes, headers: dict[str, str]) -> int:
        async with http.post(f"{listening.url}/api/messages", data=data, headers=headers) as response:
            await response.read()
            return response.status

    async def close() -> None:
        await bot.close(2)
        for each in (session, http, listening, connector):
            await each.close()

    return close, send


class Constant:
    async def token(self, scope: str, *, refused: str | None = None) -> str:
        return "x"


STATE: dict[str, str] = {}
QUIET = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()


def containers(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)


values = st.recursive(scalars, containers, max_leaves=6)
TYPES = ["message", "invoke", "conversationUpdate", "installationUpdate", "event", "typing", "messageReaction", "x"]
FIELDS = [field.encode_name for field in msgspec.structs.fields(IncomingActivity)]


def authorized(token: str | None = None) -> dict[str, str]:
    return {"Content-Type": "application/json", "Authorization": f"Bearer {token or STATE['token']}"}


def usual(kind: str) -> dict[str, Any]:
    here = personal(ADA)
    base = activity(
        kind,
        activity_id="1",
        conversation=here,
        from_=ADA,
        bot_id=STATE["bot_id"],
        service_url=STATE["service_url"],
    )
    if kind == "message":
        return as_message(base, "help", here)
    return as_press(base, pack(ask_button(Help(), replace=True)), "2") if kind == "invoke" else base


@QUIET
@given(data=st.binary(max_size=200))
def test_any_bytes_are_refused(post: Post, data: bytes) -> None:
    assert post(data, authorized()) == 400


@QUIET
@given(value=values)
def test_any_json_is_refused_unless_it_is_an_activity(post: Post, value: object) -> None:
    assert post(json.dumps(value).encode(), authorized()) in {400, 403}


@QUIET
@given(kind=st.sampled_from(TYPES), changes=st.dictionaries(st.sampled_from(FIELDS), values, max_size=3))
def test_an_activity_with_any_fields_is_answered_or_refused(post: Post, kind: str, changes: dict[str, Any]) -> None:
    assert post(json.dumps(usual(kind) | changes).encode(), authorized()) in EXPECTED


@QUIET
@given(
    kind=st.sampled_from(["message", "invoke"]),
    identity=st.text(min_size=1, max_size=60),
    text=st.text(max_size=100),
    locale=st.text(max_size=40),
)
def test_any_text_id_and_locale_are_answered(post: Post, kind: str, identity: str, text: str, locale: str) -> None:
    said = usual(kind) | {"id": identity, "text": text, "locale": locale, "replyToId": identity}
    assert post(json.dumps(said).encode("utf-8", "surrogatepass"), authorized()) in {200, 202, 400}


@QUIET
@given(path=st.sampled_from(sorted(MAY_BE_ODD)), value=values)
def test_any_value_of_an_unneeded_field_is_answered(post: Post, path: str, value: object) -> None:
    said = usual("message") | {"id": f"{path} {value!r}"[:200]}
    name, _, last = path.partition(".")
    said[name] = (
        value if not last else [{"id": "29:1", last: value}] if "members" in name else said[name] | {last: value}
    )
    assert post(json.dumps(said).encode(), authorized()) in {200, 202}


@QUIET
@given(value=values)
def test_any_invoke_value_is_answered_with_200(post: Post, value: object) -> None:
    pressed = usual("invoke") | {"value": value, "id": json.dumps(value)[:200]}
    assert post(json.dumps(pressed).encode(), authorized()) == 200


@QUIET
@given(data=values)
def test_any_button_payload_is_answered_with_200(post: Post, data: object) -> None:
    value = {"action": {"type": "Action.Execute", "data": data}, "trigger": "manual"}
    pressed = usual("invoke") | {"value": value, "id": json.dumps(data)[:200]}
    assert post(json.dumps(pressed).encode(), authorized()) == 200


SEARCHES = st.fixed_dictionaries(
    {},
    optional={
        "kind": values,
        "dataset": st.sampled_from([*Dimension]) | values,
        "queryText": st.text() | values,
        "queryOptions": st.fixed_dictionaries({}, optional={"skip": st.integers() | values, "top": st.integers()}),
    },
)


@QUIET
@given(value=values | SEARCHES)
def test_any_search_is_answered_with_200(post: Post, value: object) -> None:
    asked = usual("invoke") | {"name": "application/search", "value": value}
    assert post(json.dumps(asked).encode("utf-8", "surrogatepass"), authorized()) == 200


FIELD = st.sampled_from(["customer", "workload", "day"])
EXTENSIONS = st.fixed_dictionaries(
    {},
    optional={
        "commandId": st.sampled_from(["search", "ask"]) | values,
        "parameters": st.lists(st.fixed_dictionaries({"name": FIELD | st.text(), "value": st.text() | values}))
        | values,
        "queryOptions": st.fixed_dictionaries({}, optional={"skip": st.integers() | values, "count": st.integers()}),
        "data": st.dictionaries(FIELD, st.text(max_size=20) | st.just("2026-11-30") | values) | values,
    },
)


@QUIET
@given(
    name=st.sampled_from(["query", "selectItem", "fetchTask", "submitAction", "queryLink", "x"]),
    value=values | EXTENSIONS,
)
def test_any_value_of_the_extension_is_answered(post: Post, name: str, value: object) -> None:
    asked = usual("invoke") | {"name": f"composeExtension/{name}", "value": value, "id": f"{name} {value!r}"[:200]}
    assert post(json.dumps(asked).encode("utf-8", "surrogatepass"), authorized()) in {200, 501}


def segment(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


tokens = st.one_of(
    st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=60),
    st.tuples(values, values, st.binary(max_size=20)).map(
        lambda parts: f"{segment(parts[0])}.{segment(parts[1])}.{base64.urlsafe_b64encode(parts[2]).decode()}"
    ),
    st.dictionaries(st.sampled_from(["alg", "kid", "typ", "crit", "b64", "jwk", "x5u"]), values, max_size=4).map(
        lambda header: f"{segment({'alg': 'RS256', 'kid': 'x'} | header)}.{segment({})}.eA"
    ),
)


@QUIET
@given(token=tokens)
def test_any_other_token_is_refused_when_tokens_are_checked(post: Post, token: str) -> None:
    status = post(json.dumps(usual("message")).encode(), authorized(token))
    assert status in {200, 401}
    assert post(b"{}", authorized(token)) in {400, 401}


@QUIET
@example(kind=";4*")
@given(kind=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60))
def test_any_content_type_is_answered_or_refused(post: Post, kind: str) -> None:
    assert post(b"{}", authorized() | {"Content-Type": kind.strip()}) in {400, 415}
