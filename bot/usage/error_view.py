"""The view of an error.

Pure. The texts are in cards/locales under `error.<problem>`.
"""

import math
from dataclasses import replace

from bot.commands.command import Command
from bot.errors import (
    AccessDeniedError,
    AppOnlyRefusedError,
    BadAnswerError,
    BadRequestError,
    ClaimsChallengeError,
    ClaimsRequiredError,
    ConditionalAccessError,
    DeadlineError,
    EndpointMissingError,
    EntraDownError,
    EntraError,
    EntraMisconfiguredError,
    EntraRefusedError,
    ExportTooLargeError,
    FactorNotPassedOnError,
    GatewayRefusedError,
    IncompleteAnswerError,
    MfaRequiredError,
    NotInReportError,
    NotSignedInError,
    NotYourCustomerError,
    PageNotFoundError,
    PartnerCenterError,
    RoleMissingError,
    ServiceDownError,
    StillChallengedError,
    StoreError,
    ThrottledError,
    TokenRefusedError,
    TooManyRowsError,
    UsageBotError,
)
from bot.language.marking.worded_sentence import ENGLISH
from bot.language.sentence.command_sentence import sentence_of
from bot.usage.command_buttons import ask_button
from bot.usage.onward.ways_on import ways_smaller
from cards.views.answer_views import ErrorView, SignInView, View

# From the most specific to the most general: the first class that fits names the problem.
PROBLEMS: tuple[tuple[type[UsageBotError], str], ...] = (
    (ExportTooLargeError, "export_too_large"),
    (NotInReportError, "seats_without_workloads"),
    (ClaimsRequiredError, "claims_required"),
    (NotSignedInError, "not_signed_in"),
    (EntraDownError, "entra_down"),
    (EntraRefusedError, "entra_refused"),
    (EntraMisconfiguredError, "entra_misconfigured"),
    (StoreError, "store_down"),
    (TokenRefusedError, "token_refused"),
    (MfaRequiredError, "mfa_required"),
    (StillChallengedError, "still_challenged"),
    (ClaimsChallengeError, "claims_required"),
    (FactorNotPassedOnError, "factor_not_passed_on"),
    (NotYourCustomerError, "not_your_customer"),
    (RoleMissingError, "role_missing"),
    (ConditionalAccessError, "conditional_access"),
    (AppOnlyRefusedError, "app_only_refused"),
    (AccessDeniedError, "access_denied"),
    (PageNotFoundError, "page_not_found"),
    (GatewayRefusedError, "gateway_refused"),
    (EndpointMissingError, "endpoint_missing"),
    (BadRequestError, "bad_request"),
    (ThrottledError, "throttled"),
    (ServiceDownError, "service_down"),
    (DeadlineError, "deadline"),
    (IncompleteAnswerError, "incomplete_answer"),
    (TooManyRowsError, "too_broad"),
    (BadAnswerError, "bad_answer"),
)

# Problems that may be gone when the user asks again. The others need an action first.
PASSING = frozenset(
    {
        "throttled", "service_down", "deadline", "bad_answer", "incomplete_answer", "token_refused", "internal",
        "entra_down", "store_down", "page_not_found", "gateway_refused",
    }
)  # fmt: skip


# Partner Center shows this person no customer at all.
EMPTY_BOOK = ErrorView("empty_book")

# Problems whose texts advise to sign in. Each has another text for a place without a sign-in: `error.<problem>.here`.
SIGN_IN_ADVISED = frozenset(
    {"mfa_required", "claims_required", "factor_not_passed_on", "still_challenged", "token_refused", "app_only_refused"}
)


def error_view(error: UsageBotError, command: Command | None = None, language: str = ENGLISH) -> ErrorView:
    """Return the view of an error.

    `command` is offered again if that may help. If the user must sign in, it is answered after the sign-in; its
    sentence is in `language`.
    """
    problem = next((name for kind, name in PROBLEMS if isinstance(error, kind)), "internal")
    values: dict[str, str] = {}
    correlation_id = None
    if isinstance(error, PartnerCenterError):
        correlation_id = error.correlation_id
        if isinstance(error, ThrottledError):
            values["seconds"] = str(math.ceil(error.retry_after or 60))
        if isinstance(error, StillChallengedError):
            values["demand"] = error.demand or "–"
        coded = FactorNotPassedOnError | StillChallengedError | MfaRequiredError | GatewayRefusedError
        if isinstance(error, coded) and error.status:
            values["code"] = " ".join(filter(None, (str(error.status), error.code)))
    if isinstance(error, EntraError):
        values["code"] = error.code or "–"
        values["seconds"] = str(math.ceil(error.retry_after or 60))
    if isinstance(error, NotSignedInError | MfaRequiredError | ClaimsChallengeError) and problem != "still_challenged":
        claims = error.claims if isinstance(error, ClaimsRequiredError | ClaimsChallengeError) else None
        question = "" if command is None else sentence_of(command, language)
        return SignInView(problem, values, correlation_id, question=question, claims=claims)
    again = ask_button(command) if command is not None and problem in PASSING else None
    return ErrorView(problem, values, correlation_id, again, ways=ways_smaller(problem, command))


def without_sign_in(view: View) -> View:
    """Return the view for a place without a sign-in.

    Each question goes with a token that the bot was given.
    """
    if not isinstance(view, ErrorView) or view.problem not in SIGN_IN_ADVISED:
        return view
    return replace(view, problem=f"{view.problem}.here")
