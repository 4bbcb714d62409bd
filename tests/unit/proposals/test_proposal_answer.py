"""What a language model answered: a command, or none, whatever it is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.command import Customers, Name, Usage
from bot.proposals.proposal_answer import proposal_in

USAGE = {"v": 1, "verb": "usage", "for": [{"name": "Contoso"}]}


def completion(content: str | None, finish: str = "stop") -> bytes:
    message = {"role": "assistant", "content": content}
    return json.dumps({"choices": [{"index": 0, "message": message, "finish_reason": finish}]}).encode()


def proposed(command: object) -> bytes:
    return completion(json.dumps({"command": command}))


def test_document_of_a_question_is_a_proposal() -> None:
    assert proposal_in(proposed(USAGE)) == Usage(customers=(Name("Contoso"),))
    assert proposal_in(proposed({"v": 1, "verb": "customers", "search": "fabr"})) == Customers("fabr")


def test_marks_of_a_block_of_code_around_it_are_left_out() -> None:
    assert proposal_in(completion(f"```json\n{json.dumps({'command': USAGE})}\n```")) is not None


@pytest.mark.parametrize(
    "command",
    [
        None,
        {},
        {"v": 1, "verb": "forget_me"},
        {"v": 1, "verb": "sign_out"},
        {"v": 1, "verb": "handle_digest", "act": "stop", "every": True},
        {"v": 1, "verb": "choose_language", "code": "fr"},
        {"v": 2, "verb": "usage"},
        {"v": 1, "verb": "usage", "password": "x"},
        {"v": 1, "verb": "usage", "for": [{"name": "x" * 100_000}]},
    ],
)
def test_what_is_no_question_is_no_proposal(command: object) -> None:
    assert proposal_in(proposed(command)) is None


@pytest.mark.parametrize("content", [None, "", "I think you mean Exchange.", "[]", '{"command": 3}', "{" * 50_000])
def test_text_that_is_no_document_is_no_proposal(content: str | None) -> None:
    assert proposal_in(completion(content)) is None


def test_answer_that_was_cut_off_is_no_proposal() -> None:
    assert proposal_in(completion(json.dumps({"command": USAGE}), finish="length")) is None
    assert proposal_in(b'{"choices": []}') is None


@given(st.binary(max_size=300) | st.text().map(str.encode))
def test_any_other_body_is_refused(body: bytes) -> None:
    try:
        found = proposal_in(body)
    except ValueError:
        return
    assert found is None


@given(st.text(max_size=200))
def test_any_content_is_a_command_or_none(content: str) -> None:
    assert proposal_in(completion(content)) is None
