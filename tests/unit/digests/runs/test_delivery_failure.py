"""What a failed delivery means for a digest, by the table of Microsoft."""

import pytest

from bot.digests.runs.delivery_failure import FailureEffect, verdict
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


@pytest.mark.parametrize(
    ("status", "code", "fate", "notice"),
    [
        (403, "BotNotInConversationRoster", FailureEffect.SUSPEND, "suspended"),
        (403, "BotDisabledByAdmin", FailureEffect.SUSPEND, "suspended"),
        (403, "ForbiddenOperationException", FailureEffect.SUSPEND, "suspended"),
        (403, "", FailureEffect.SUSPEND, "suspended"),
        (403, "ConversationBlockedByUser", FailureEffect.DROP, "blocked"),
        (403, "messagewritesblocked", FailureEffect.DROP, "blocked"),
        (404, "ConversationNotFound", FailureEffect.DROP, "removed"),
        (404, "", FailureEffect.FAILED, "failed"),  # possibly from a proxy: no reason to delete the digest
        (403, "InvalidBotApiHost", FailureEffect.FAILED, "failed"),
        (403, "NotEnoughPermissions", FailureEffect.FAILED, "failed"),
        (400, "Bad Argument", FailureEffect.FAILED, "failed"),
        (401, "BotNotRegistered", FailureEffect.FAILED, "failed"),
        (413, "MessageSizeTooBig", FailureEffect.FAILED, "failed"),
    ],
)
def test_verdict_depends_on_the_code_when_teams_refuses(
    status: int, code: str, fate: FailureEffect, notice: str
) -> None:
    found = verdict(DeliveryError(status, code or "refused", code=code))
    assert (found.fate, found.notice, found.retry_after) == (fate, notice, None)
    assert str(status) in found.problem
    assert code in found.problem


def test_verdict_is_failed_when_the_service_url_is_not_allowed() -> None:
    found = verdict(PlaceRefusedError(None, "the service URL is not in the list of allowed hosts"))
    assert found.fate is FailureEffect.FAILED
    assert "allowed" in found.problem
