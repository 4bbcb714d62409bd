"""What a failed delivery means for a digest, by the table of Microsoft."""

import pytest

from bot.digests.runs.delivery_failure import RULES, FailureEffect, is_refusal, verdict
from bot.errors import DeliveryError, NoTokenError, NotSentError, PlaceRefusedError


@pytest.mark.parametrize("status", [412, 429, 502, 503, 504])
def test_verdict_is_retry_later_when_teams_asks_for_a_retry(status: int) -> None:
    found = verdict(DeliveryError(status, "refused", 90.0))
    assert (found.fate, found.notice, found.retry_after) == (FailureEffect.RETRY_LATER, "", 90.0)


@pytest.mark.parametrize("error", [NotSentError(None, "no connection"), NoTokenError(None, "no token")])
def test_verdict_is_retry_later_when_nothing_was_sent(error: DeliveryError) -> None:
    assert verdict(error).fate is FailureEffect.RETRY_LATER


@pytest.mark.parametrize("status", [None, 500, 501, 505, 599, 307, 408])
def test_verdict_is_unknown_when_the_message_may_have_been_posted(status: int | None) -> None:
    assert verdict(DeliveryError(status, "no answer in time")).fate is FailureEffect.UNKNOWN


REFUSED, FAILED = FailureEffect.REFUSED, FailureEffect.FAILED
RETRY, UNKNOWN = FailureEffect.RETRY_LATER, FailureEffect.UNKNOWN
ROWS = [
    (403, "BotNotInConversationRoster", REFUSED, "refused"),
    (403, "BotDisabledByAdmin", REFUSED, "refused"),
    (403, "ForbiddenOperationException", REFUSED, "refused"),
    (403, "", REFUSED, "refused"),
    (403, "ConversationBlockedByUser", REFUSED, "blocked"),
    (403, "messagewritesblocked", REFUSED, "blocked"),
    (403, "InvalidBotApiHost", FAILED, "failed"),
    (403, "NotEnoughPermissions", FAILED, "failed"),
    (404, "BotNotInConversationRoster", REFUSED, "refused"),
    (404, "ConversationNotFound", REFUSED, "gone"),
    (404, "ConversationDeleted", REFUSED, "gone"),
    (404, "", REFUSED, "gone"),
    (410, "", REFUSED, "gone"),
    (412, "", RETRY, ""),
    (429, "", RETRY, ""),
    (502, "", RETRY, ""),
    (503, "", RETRY, ""),
    (504, "", RETRY, ""),
    (408, "", UNKNOWN, ""),
]
UNLISTED = [
    (403, "SomethingNew", REFUSED, "refused"),
    (404, "ActivityNotFoundInConversation", REFUSED, "gone"),
    (400, "Bad Argument", FAILED, "failed"),
    (401, "BotNotRegistered", FAILED, "failed"),
    (413, "MessageSizeTooBig", FAILED, "failed"),
    (500, "ServiceError", UNKNOWN, ""),
]


@pytest.mark.parametrize(("status", "code", "fate", "notice"), ROWS + UNLISTED)
def test_verdict_depends_on_the_code_when_teams_refuses(
    status: int, code: str, fate: FailureEffect, notice: str
) -> None:
    found = verdict(DeliveryError(status, code or "refused", code=code))
    assert (found.fate, found.notice, found.retry_after) == (fate, notice, None)
    assert str(status) in found.problem
    assert code in found.problem
    assert is_refusal(found.problem) is (fate is REFUSED)


def test_every_row_of_the_table_has_a_test() -> None:
    assert {(status, code.lower()) for status, code, *_ in ROWS} == set(RULES)


@pytest.mark.parametrize("problem", ["", "internal", "-", "service_down", "no_match", "404x", "- ConversationNotFound"])
def test_problem_is_no_refusal_when_the_conversation_did_not_answer(problem: str) -> None:
    assert not is_refusal(problem)


def test_verdict_is_failed_when_the_service_url_is_not_allowed() -> None:
    found = verdict(PlaceRefusedError(None, "the service URL is not in the list of allowed hosts"))
    assert found.fate is FailureEffect.FAILED
    assert "allowed" in found.problem
