"""A view without figures as JSON, for programs.

The keys are stable; QUESTIONS.md describes them.
"""

from collections.abc import Mapping

from bot.programs.sold_rows import calls_as_json, renewals_as_json
from bot.programs.sold_use_rows import sold_use_as_json
from bot.programs.trend_json import trend_as_json
from bot.usage.command_buttons import sentence_on
from cards.answers.forward_text import forwarded
from cards.draw import summary
from cards.views.answer_views import (
    AccountView,
    CancelledView,
    Choice,
    ConfirmView,
    ErrorView,
    HelloView,
    HelpView,
    LanguageView,
    ListView,
    NoMatchView,
    NotUnderstoodView,
    PickerView,
    ProgressView,
    SignInView,
    View,
)
from cards.views.audience_views import AudienceView, PrivateNoteView
from cards.views.digest_form_views import DigestFormView, DigestSettingsView
from cards.views.digest_views import (
    ConfirmDigestsView,
    DigestNoticeView,
    DigestSetView,
    DigestsSetView,
    DigestsView,
    DigestView,
)
from cards.views.export_views import FileLinkView, FileNoteView, FileOfferView, FileSavedView
from cards.views.kinds.alert_views import AlertView
from cards.views.kinds.kind_digest_view import KindDigestView
from cards.views.kinds.renewal_alert_view import RenewalAlertView
from cards.views.kinds.seats_view import SeatsView
from cards.views.kinds.selling_views import CallsView, RenewalsView
from cards.views.kinds.sold_use_view import SoldUseView
from cards.views.kinds.trend_view import TrendView
from cards.views.personal.ignored_view import IgnoredView
from cards.views.personal.own_list_view import OwnListView
from cards.views.usage_views import Narrowing, ShapeView, UsageView
from cards.wording.locale_words import LocaleWords

KINDS: Mapping[type[View], str] = {
    PickerView: "which",
    NoMatchView: "no_match",
    NotUnderstoodView: "not_understood",
    ListView: "list",
    ErrorView: "error",
    SignInView: "error",
    AccountView: "account",
    LanguageView: "language",
    OwnListView: "own",
    IgnoredView: "ignored",
    ConfirmView: "confirm",
    HelpView: "help",
    HelloView: "help",
    # No answer in a terminal has these: figures have a document of their own, and digests need a chat.
    UsageView: "usage",
    ShapeView: "shape",
    ProgressView: "progress",
    CancelledView: "cancelled",
    AudienceView: "audience",
    PrivateNoteView: "note",
    FileOfferView: "file",
    FileLinkView: "file",
    FileSavedView: "file",
    FileNoteView: "file",
    DigestsView: "digest",
    DigestFormView: "digest",
    DigestSettingsView: "digest",
    DigestSetView: "digest",
    DigestsSetView: "digest",
    ConfirmDigestsView: "digest",
    DigestView: "digest",
    KindDigestView: "digest",
    TrendView: "trend",
    RenewalsView: "renewals",
    CallsView: "calls",
    SoldUseView: "sold_use",
    DigestNoticeView: "digest",
    AlertView: "digest",
    RenewalAlertView: "digest",
}


def view_as_json(view: View, words: LocaleWords) -> dict[str, object]:
    """Return `{"kind", "message", …}`.

    `kind` determines the other keys; `message` is the sentence for a person.
    """
    return {"kind": KINDS[type(view)], "message": summary(view, words), **_details(view, words)}


def _details(view: View, words: LocaleWords) -> Mapping[str, object]:
    match view:
        case PickerView() | NoMatchView():
            return _names(view)
        case NotUnderstoodView():
            return {
                "problem": view.problem,
                "at": view.at,
                "found": view.found,
                "suggestions": [each.text for each in view.suggestions],
                "proposal": None if view.proposal is None else view.proposal.text,
                "seats": None if view.seats is None else _seats(view.seats),
            }
        case ListView():
            entries = [{"name": name, "id": identifier} for name, identifier in view.entries]
            return {"dimension": view.dimension, "search": view.search, "total": view.matched, "entries": entries}
        case ErrorView():
            again = sentence_on(view.again) if view.again else None
            told = {"problem": view.problem, "correlationId": view.correlation_id, "again": again}
            return told | {"forward": forwarded(view, words) or None}
        case HelpView() | HelloView():
            return {"questions": [each.text for each in view.examples]}
    return _further(view)


def _further(view: View) -> Mapping[str, object]:
    match view:
        case TrendView():
            return {**trend_as_json(view), **_left_out(view.narrowed)}
        case RenewalsView() | CallsView() | SoldUseView():
            return {**_sold(view), **_left_out(view.narrowed)}
        case OwnListView() | IgnoredView():
            return _own(view) if isinstance(view, OwnListView) else _ignored(view)
        case LanguageView():
            return _language(view)
    return {}


def _left_out(narrowed: tuple[Narrowing, ...]) -> dict[str, object]:
    """Return `ignored` if something is left out of every answer, as an answer with figures has it."""
    found = {each.kind: each for each in narrowed if each.kind in ("ignored", "no_trials")}
    if not found:
        return {}
    customers, trials = found.get("ignored", Narrowing("ignored")), found.get("no_trials", Narrowing("no_trials"))
    return {"ignored": {"customers": list(customers.names), "unnamed": customers.count, "trials": trials.count}}


def _seats(seats: SeatsView) -> dict[str, object]:
    day = None if seats.day is None else seats.day.isoformat()
    return {"product": seats.name, "sold": seats.sold, "assigned": seats.assigned, "asOf": day}


def _sold(view: RenewalsView | CallsView | SoldUseView) -> Mapping[str, object]:
    match view:
        case RenewalsView():
            return renewals_as_json(view)
        case CallsView():
            return calls_as_json(view)
    return sold_use_as_json(view)


def _own(view: OwnListView) -> dict[str, object]:
    listed = [{"name": each.name, "seen": each.ask is not None} for each in view.customers]
    return {"state": view.state, "total": view.total, "customers": listed}


def _ignored(view: IgnoredView) -> dict[str, object]:
    items = [{"name": each.name or None, "digests": each.digests} for each in view.items]
    told = {"state": view.state, "total": view.total, "shared": view.shared, "items": items}
    return told | {"unseen": view.unseen}


def _language(view: LanguageView) -> dict[str, object]:
    chosen = view.state in ("changed", "chosen")
    return {"used": view.used, "chosen": chosen, "others": [each.code for each in view.others]}


def _names(view: PickerView | NoMatchView) -> dict[str, object]:
    return {
        "typed": view.typed,
        "dimension": view.dimension,
        "total": view.total if isinstance(view, PickerView) else 0,
        "choices": [_choice(each) for each in view.choices],
    }


def _choice(choice: Choice) -> dict[str, object]:
    return {"name": choice.name, "detail": choice.detail, "question": sentence_on(choice.ask)}
