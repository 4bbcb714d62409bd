"""Entra's refusals are read as Microsoft prescribes."""

from typing import Any

import pytest

from bot.errors import (
    ClaimsRequiredError,
    ConsentRequiredError,
    EntraDownError,
    EntraMisconfiguredError,
    EntraRefusedError,
    NotSignedInError,
)
from bot.identity.entra.sign_in_outcome import (
    ClaimsNeeded,
    ConsentNeeded,
    Declined,
    Misconfigured,
    OtherPerson,
    Refusal,
    Refused,
    SignInNeeded,
    TryLater,
    as_error,
    read_refusal,
)


def refused(error: str, number: int | None = None, **more: Any) -> dict[str, Any]:
    return {"error": error} | ({} if number is None else {"error_codes": [number]}) | more


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [
        (refused("invalid_grant", 65001, suberror="consent_required"), ConsentNeeded()),
        (refused("invalid_grant", 65001), ConsentNeeded()),
        (refused("invalid_grant", 90094, suberror="consent_required"), ConsentNeeded(admin=True)),
        (refused("consent_required"), ConsentNeeded()),
        (refused("interaction_required", 50076, claims="{}"), ClaimsNeeded("{}", "AADSTS50076")),
        (refused("interaction_required", 50079), ClaimsNeeded(None, "AADSTS50079")),
        (refused("invalid_grant", 50076, suberror="basic_action"), ClaimsNeeded(None, "AADSTS50076")),
        (refused("invalid_grant", 50158, claims='{"a":1}'), ClaimsNeeded('{"a":1}', "AADSTS50158")),
        (refused("invalid_grant", 99999, suberror="additional_action"), ClaimsNeeded(None, "AADSTS99999")),
        (refused("invalid_grant", 53003, suberror="message_only"), Refused("AADSTS53003")),
        (refused("invalid_grant", 53003, suberror="message_only", claims="{}"), Refused("AADSTS53003")),
        (refused("invalid_grant", 50105), Refused("AADSTS50105")),
        (refused("invalid_grant", 50173, suberror="bad_token"), SignInNeeded("AADSTS50173")),
        (refused("invalid_grant", 700082), SignInNeeded("AADSTS700082")),
        (refused("invalid_grant", 500133), SignInNeeded("AADSTS500133")),
        (refused("invalid_grant"), SignInNeeded("invalid_grant")),
        (refused("invalid_grant", 500131), Misconfigured("AADSTS500131")),
        (refused("invalid_client", 7000215), Misconfigured("AADSTS7000215")),
        (refused("unauthorized_client", 700016), Misconfigured("AADSTS700016")),
        (refused("invalid_resource", 500011), Misconfigured("AADSTS500011")),
        (refused("invalid_scope"), Misconfigured("invalid_scope")),
        (refused("temporarily_unavailable"), TryLater()),
        (refused("server_error"), TryLater()),
        (refused("invalid_grant", 90033), TryLater()),
        (refused("access_denied", error_description="AADSTS65004: no"), Declined()),
        (refused("invalid_grant", error_description="AADSTS65001: no consent"), ConsentNeeded()),
        (refused("something_new", 1), Refused("AADSTS1")),
        ({}, Refused(None)),
        ({"error": 7, "suberror": [], "error_codes": "x", "claims": {}}, Refused(None)),
        ({"error": "invalid_grant", "error_codes": ["65001", None]}, SignInNeeded("invalid_grant")),
        ({"error": "invalid_grant", "error_description": "AADSTS٣٣:"}, SignInNeeded("invalid_grant")),
    ],
)
def test_read_refusal_returns_the_meaning_of_an_answer(answer: dict[str, Any], meaning: Refusal) -> None:
    assert read_refusal(answer) == meaning


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_try_later_is_returned_when_the_service_fails(status: int) -> None:
    answer = refused("invalid_grant", 65001, suberror="consent_required")
    assert read_refusal(answer, status=status, retry_after=17.0) == TryLater(17.0)


@pytest.mark.parametrize(
    ("refusal", "kind"),
    [
        (TryLater(5.0), EntraDownError),
        (ClaimsNeeded("{}"), ClaimsRequiredError),
        (Refused("AADSTS53003"), EntraRefusedError),
        (Misconfigured("AADSTS7000215"), EntraMisconfiguredError),
        (ConsentNeeded(), ConsentRequiredError),
        (SignInNeeded(), NotSignedInError),
        (OtherPerson("Mallory"), NotSignedInError),
        (Declined(), NotSignedInError),
    ],
)
def test_every_refusal_has_an_error(refusal: Refusal, kind: type[Exception]) -> None:
    assert type(as_error(refusal)) is kind


@pytest.mark.parametrize("error", ["<b>x</b>", "two words", "x\n", "é", "x" * 61, ""])
def test_an_error_that_is_not_a_name_is_omitted(error: str) -> None:
    """It may come from a browser, and it is shown and logged."""
    assert read_refusal({"error": error}) == Refused(None)
