"""The steps of a sign-in on the pages: consent, then a second factor. Pure.

A browser that has shown its second factor is not asked again:
https://learn.microsoft.com/en-us/entra/identity/authentication/concept-mfa-howitworks
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.simulator.entra.tenant_directory import SignInConditions


@dataclass(frozen=True, slots=True)
class Step:
    """A page with one button that continues; `name` is what its form then holds.

    Where no page may be shown, the application gets the error `silent` with the `problem`.
    """

    title: str
    name: str
    label: str
    silent: str
    problem: str


@dataclass(frozen=True, slots=True)
class ClosedPage:
    """A page that ends the sign-in."""

    title: str
    problem: str
    silent: str = "access_denied"


_CONSENT = Step(
    "Permissions requested",
    "consent",
    "Accept",
    "consent_required",
    "AADSTS65001: The user or administrator has not consented to use the application.",
)
_FACTOR = Step(
    "Verify your identity",
    "mfa",
    "Approve the sign-in",
    "interaction_required",
    "AADSTS50076: You must use multi-factor authentication to access this.",
)
_ENROLLMENT = Step(
    "More information required",
    "mfa",
    "Set up a second factor",
    "interaction_required",
    "AADSTS50079: You must enroll in multi-factor authentication to access this.",
)
_BLOCKED = ClosedPage(
    "You cannot access this right now", "AADSTS53003: Access has been blocked by Conditional Access policies."
)
_ADMINISTRATOR = ClosedPage("Need admin approval", "AADSTS90094: Ask an administrator to approve.")


def next_step(
    standing: SignInConditions, said: Mapping[str, str], *, consent: bool = False, factor: bool = False
) -> Step | ClosedPage | None:
    """Return the page that comes next; None if the sign-in has ended well.

    `said` are the steps that are done. The application may demand `consent`, and a `factor` that is in the token.
    """
    if standing.blocked:
        return _BLOCKED
    if standing.admin_consent:
        return _ADMINISTRATOR
    if (not standing.consented or consent) and "consent" not in said:
        return _CONSENT
    return factor_step(standing, said, demanded=factor)


def factor_step(standing: SignInConditions, said: Mapping[str, str], *, demanded: bool = False) -> Step | None:
    """Return the page that asks for a second factor; None if none is needed."""
    lacking = standing.mfa and not standing.factor_shown
    unproved = demanded and (standing.factor_elsewhere or not standing.factor_shown)
    if "mfa" in said or not (lacking or unproved):
        return None
    return _FACTOR if standing.factor_registered else _ENROLLMENT


def note_steps(standing: SignInConditions, said: Mapping[str, str]) -> None:
    """Note the consent, and the second factor of the session."""
    standing.consented = standing.consented or "consent" in said
    if "mfa" in said:
        standing.mfa_done = standing.factor_registered = True
