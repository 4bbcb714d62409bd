"""Tests of the calls of tools."""

import asyncio

import pytest

from bot.app.answering import for_programs
from bot.commands.verbs import VERBS
from bot.errors import StoreError
from bot.mcp.json_rpc import McpError
from bot.mcp.read_only import is_refused
from bot.mcp.tool_calls import SPARE_SECONDS, Asker, SignInPendingError, ToolCalls
from bot.simulator.partner_center.faults.fault_types import Refuse

QUESTION = "usage for TEST COMPANY on Exchange"
CALLS = ToolCalls(240)
# Of these there are none in the simulated service, or the chat is needed for them.
ELSEWHERE = {"digests": "no_digests"}


@pytest.fixture
def call(desk):
    answers = for_programs(desk.engine)

    async def called(tool, caller=desk.ann, **arguments):
        async def asking():
            return Asker(answers, caller)

        return await CALLS.call(tool, arguments, asking)

    return called


async def test_a_question_is_answered_in_words_and_as_data(call):
    result = await call("ask", sentence=QUESTION)
    assert not result.failed
    assert result.text.startswith("TEST COMPANY, Exchange: 1 unused")
    assert result.data["kind"] == "usage"
    assert [row["customer"] for row in result.data["rows"]] == ["TEST COMPANY"]


async def test_a_document_is_answered_as_its_sentence(call):
    explained = await call("explain", sentence=QUESTION)
    assert explained.data["readOnly"] is True
    answered = await call("run_command", command=explained.data["command"])
    assert answered == await call("ask", sentence=QUESTION)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
async def test_every_verb_can_be_asked_or_is_refused_in_words(call, verb):
    result = await call("ask", sentence=verb.examples[0].text)
    if verb.name == "language":  # only shows the language
        assert result.data["kind"] == "language"
    elif is_refused(verb):
        assert result.failed
        assert result.data["problem"] in {"read_only", "rows_not_files"}
        assert result.text == result.data["message"]
    elif verb.name in ELSEWHERE:
        assert result.data["problem"] == ELSEWHERE[verb.name]
    else:
        assert not result.failed, result.text


@pytest.mark.parametrize(
    "document",
    [
        {"v": 1, "verb": "forget_me"},
        {"v": 1, "verb": "sign_out"},
        {"v": 1, "verb": "choose_language", "code": "nl"},
        {"v": 1, "verb": "handle_digest", "act": "stop", "every": True},
        {"v": 1, "verb": "new_digest", "question": {}},
    ],
    ids=lambda document: document["verb"],
)
async def test_a_document_that_changes_something_is_refused(call, desk, document):
    result = await call("run_command", command=document)
    assert result.data["problem"] == "read_only"
    assert desk.requests() == []


async def test_the_language_that_is_refused_stays_as_it_was(call, desk):
    await call("ask", sentence="language nl")
    assert await desk.engine.services.memory.languages.chosen(desk.ann) is None


async def test_explaining_asks_for_no_usage(call, desk):
    result = await call("explain", sentence="top 5 by customer on Teams")
    assert result.data["command"] == {
        "v": 1, "verb": "usage", "on": [{"name": "Teams"}], "by": ["customer"], "order": {"top": 5},
    }  # fmt: skip
    assert result.data["request"]["params"]["filter"] == "workloadCode eq 'TEAMS'"
    assert desk.usage_requests() == []


async def test_explaining_what_changes_something_says_that_it_would(call):
    result = await call("explain", sentence="forget me")
    assert not result.failed
    assert (result.data["readOnly"], result.data["request"]) == (False, None)


async def test_names_are_those_that_the_person_can_see(call):
    result = await call("find_names", kind="customer", text="contoso", most=2)
    assert len(result.data["names"]) == 2
    assert all(each["id"] and "contoso" in each["name"].casefold() for each in result.data["names"])


async def test_a_question_stands_for_itself(call, desk):
    await desk.ask("usage on Teams by customer")
    await call("ask", sentence="usage on Exchange by customer")
    explained = await call("explain", sentence="and SharePoint?")
    assert explained.data["command"] == {"v": 1, "verb": "usage", "on": [{"name": "SharePoint"}]}
    followed = await desk.ask("below 50%")
    assert "Teams" in followed.question


async def test_rows_are_limited_and_those_left_out_are_counted(call):
    whole = await call("ask", sentence="usage on Exchange by customer", rows=1000)
    some = await call("ask", sentence="usage on Exchange by customer", rows=3)
    assert len(some.data["rows"]) == 3
    assert some.data["leftOut"] == len(whole.data["rows"]) - 3
    assert "leftOut" not in whole.data
    names = await call("ask", sentence="customers", rows=3)
    assert (len(names.data["entries"]), names.data["leftOut"]) == (3, names.data["total"] - 3)


@pytest.mark.parametrize("sentence", ["what renews in the next 300 days", "whom should I call?"])
async def test_rows_of_renewals_and_calls_are_limited(call, sentence):
    whole = await call("ask", sentence=sentence, rows=1000)
    some = await call("ask", sentence=sentence, rows=1)
    assert some.data["rows"] == whole.data["rows"][:1]
    assert some.data["leftOut"] == len(whole.data["rows"]) - 1


async def test_the_answer_is_in_the_language_of_the_sentence_or_as_asked(call):
    dutch = await call("ask", sentence="gebruik voor TEST COMPANY op Exchange")
    german = await call("ask", sentence=QUESTION, language="de-AT")
    assert "ongebruikt" in dutch.text
    assert "ungenutzt" in german.text


async def test_an_ambiguous_name_is_asked_back_with_questions(call):
    result = await call("ask", sentence="usage for Contoso")
    assert not result.failed
    assert result.data["kind"] == "which"
    again = await call("ask", sentence=result.data["choices"][0]["question"])
    assert again.data["kind"] == "usage"


async def test_what_is_not_understood_is_a_failed_call(call):
    result = await call("ask", sentence="usage by moon")
    assert result.failed
    assert result.data["kind"] == "not_understood"


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("ask", {}),
        ("ask", {"sentence": 7}),
        ("ask", {"sentence": "x" * 2001}),
        ("ask", {"sentence": QUESTION, "person": "Ben"}),
        ("ask", {"sentence": QUESTION, "rows": 10**9}),
        ("ask", {"sentence": QUESTION, "language": "xx"}),
        ("run_command", {"command": {}}),
        ("run_command", {"command": {"v": 1, "verb": "usage", "who": "Ben"}}),
        ("run_command", {"command": {"v": 9, "verb": "usage"}}),
        ("find_names", {"kind": "person"}),
    ],
)
async def test_wrong_arguments_are_a_failed_call_that_says_so(call, desk, tool, arguments):
    result = await call(tool, **arguments)
    assert result.failed
    assert result.data["kind"] == "invalid"
    assert desk.requests() == []


@pytest.mark.parametrize("name", ["forget_me", "", None, 7])
async def test_an_unknown_tool_is_an_error_of_the_protocol(call, name):
    with pytest.raises(McpError, match="Unknown tool"):
        await call(name)


async def test_a_failure_of_the_service_is_said_in_words(call, desk):
    desk.fault(Refuse(times=None))
    result = await call("ask", sentence=QUESTION)
    assert result.failed
    assert result.data["kind"] == "error"


async def test_who_is_not_signed_in_is_shown_how():
    async def asking():
        raise SignInPendingError("Open a page and type a code.")

    result = await CALLS.call("ask", {"sentence": QUESTION}, asking)
    assert result.failed
    assert result.text == "Open a page and type a code."
    assert result.data["problem"] == "not_signed_in"


async def test_other_failures_of_the_sign_in_are_said_in_words():
    async def asking():
        raise StoreError("away")

    result = await CALLS.call("ask", {"sentence": QUESTION, "language": "nl"}, asking)
    assert result.data["problem"] == "store_down"


async def test_a_call_ends_when_its_time_is_over():
    async def asking():
        await asyncio.Event().wait()
        raise AssertionError

    result = await ToolCalls(-SPARE_SECONDS).call("ask", {"sentence": QUESTION}, asking)
    assert result.data["problem"] == "deadline"
