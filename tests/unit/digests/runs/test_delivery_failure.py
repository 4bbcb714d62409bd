"""What a failed delivery means for a digest, by the table that Microsoft publishes."""

import pytest

from bot.digests.runs.delivery_failure import FailureEffect, verdict
from bot.errors import DeliveryError, NoTokenError, NotSentError, PlaceRefusedError


@pytest.mark.parametrize("status", [412, 429, 502, 503, 504])
def test_what_teams_asks_to_be_repeated_is_repeated_later(status: int) -> None:
    found = verdict(DeliveryError(status, "refused", 90.0))
    assert (found.fate, found.notice, found.retry_after) == (FailureEffect.RETRY_LATER, "", 90.0)


@pytest.mark.parametrize("error", [NotSentError(None, "no connection"), NoTokenError(None, "no token")])
def test_what_was_never_sent_is_sent_later(error: DeliveryError) -> None:
    assert verdict(error).fate is FailureEffect.RETRY_LATER


@pytest.mark.parametrize("status", [None, 500, 501, 505, 599, 307, 408])
def test_where_nobody_knows_it_is_never_repeated(status: int | None) -> None:
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
        (404, "", FailureEffect.FAILED, "failed"),  # a proxy's, perhaps: no reason to drop anything
        (403, "InvalidBotApiHost", FailureEffect.FAILED, "failed"),
        (403, "NotEnoughPermissions", FailureEffect.FAILED, "failed"),
        (400, "Bad Argument", FailureEffect.FAILED, "failed"),
        (401, "BotNotRegistered", FailureEffect.FAILED, "failed"),
        (413, "MessageSizeTooBig", FailureEffect.FAILED, "failed"),
    ],
)
def test_a_refusal_decides_by_its_code(status: int, code: str, fate: FailureEffect, notice: str) -> None:
    found = verdict(DeliveryError(status, code or "refused", code=code))
    assert (found.fate, found.notice, found.retry_after) == (fate, notice, None)
    assert str(status) in found.problem
    assert code in found.problem


def test_a_place_the_bot_may_not_talk_to_is_not_tried_again() -> None:
    found = verdict(PlaceRefusedError(None, "the service URL is not in the list of allowed hosts"))
    assert found.fate is FailureEffect.FAILED
    assert "allowed" in found.problem
