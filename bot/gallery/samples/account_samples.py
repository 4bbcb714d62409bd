"""Cards about the person: sign-in, account, language, permission, questions before a change, and files. Pure."""

from datetime import date, time

from bot.commands.command import Follow, Ignore, Name
from bot.commands.command_document import write_object
from bot.gallery.samples.digest_samples import CHANGEABLE, STOPPED_THREE
from bot.gallery.samples.sample_parts import TENANT, ask
from cards.views.answer_views import (
    AccessStatusView,
    AccountView,
    ConfirmView,
    ErrorView,
    LanguageChoice,
    LanguageView,
    SignInView,
    View,
)
from cards.views.audience_views import AudienceView, PrivateNoteView
from cards.views.button_payload import FillButton, RepeatButton
from cards.views.digest_views import ConfirmDigestsView, DigestsSetView, UnchangedDigest
from cards.views.export_views import FileLinkView, FileNoteView, FileOfferView, FileSavedView, FileSummary
from cards.views.personal.ignored_view import IgnoredItem, IgnoredView
from cards.views.personal.own_list_view import OwnCustomerView, OwnListView

LINK = "https://bot.example.com/export/file"
FILE = FileSummary("usage-2018-10-14.xlsx", "xlsx", 1_234_567, 4_321, ("TEST COMPANY", "Exchange"), date(2018, 10, 14))

ACCOUNT_SAMPLES: dict[str, View] = {
    "sign_in": SignInView("not_signed_in", question="usage for TEST COMPANY on Exchange"),
    "sign_in_elsewhere": SignInView(
        "mfa_required", {}, TENANT, question="usage on Exchange", link="https://teams.example.com/l/chat/0/0"
    ),
    "account": AccountView("signed_in", "Robin Sample", TENANT, date(2018, 10, 14), AccessStatusView("shown", True)),
    "account_refused": AccountView(
        "signed_in",
        "Robin Sample",
        TENANT,
        date(2018, 10, 14),
        AccessStatusView("refused", False, ErrorView("role_missing", correlation_id=TENANT)),
    ),
    "account_signed_out": AccountView("signed_out"),
    "factor_not_passed_on": ErrorView("factor_not_passed_on", {}, TENANT, ask("usage")),
    "no_second_factor": SignInView("claims_required", {}, TENANT, question="usage on Exchange"),
    "empty_book": ErrorView("empty_book"),
    "still_challenged": ErrorView("still_challenged", {"code": "401 InsufficientClaims", "demand": "acrs=c1"}, TENANT),
    "role_missing": ErrorView("role_missing", {}, TENANT),
    "own_list": OwnListView(
        "added",
        ("TEST COMPANY",),
        (
            OwnCustomerView("TEST COMPANY", ask("usage for TEST COMPANY"), ask("unfollow TEST COMPANY")),
            OwnCustomerView("Former Client Ltd", None, ask('unfollow "Former Client Ltd"')),
        ),
        2,
        ask("usage for my customers"),
        FillButton(write_object(Follow((Name("…"),))), "…"),
    ),
    "ignored": IgnoredView(
        "added",
        ("TEST COMPANY",),
        items=(
            IgnoredItem("TEST COMPANY", ask("show TEST COMPANY again")),
            IgnoredItem("", ask("show trials again"), digests=True),
        ),
        total=2,
        shared=True,
        other=FillButton(write_object(Ignore((Name("…"),))), "…"),
    ),
    "ignored_not_yours": IgnoredView(
        "not_yours",
        ("TEST COMPANY",),
        items=(IgnoredItem("TEST COMPANY", ask("show TEST COMPANY again")),),
        total=1,
        shared=True,
    ),
    "ignored_back": IgnoredView("back", ("TEST COMPANY",), usage=ask("usage for TEST COMPANY")),
    "ignored_empty": IgnoredView("empty"),
    "ignored_unseen": IgnoredView(
        "listed",
        items=(IgnoredItem("TEST COMPANY", ask("show TEST COMPANY again")),),
        total=3,
        shared=True,
        unseen=2,
    ),
    "ignored_no_id": IgnoredView("no_id", ("TEST COMPANY",)),
    "own_list_ignored": OwnListView("ignored", ("TEST COMPANY",), total=1, ignored=ask("what do you ignore")),
    "own_list_empty": OwnListView("empty", every=ask("usage by customer below 50%")),
    "language": LanguageView(
        "chosen", "de", tuple(LanguageChoice(code, ask(f"language {code}")) for code in ("en", "fr", "hu", "nl"))
    ),
    "confirm": ConfirmView("team_owner", "stop digest 3", "Robin Sample", ask("stop digest 3"), "channel", "Alex Doe"),
    "confirm_kept": ConfirmView("kept", "stop digest 3", "Robin Sample"),
    "confirm_forget_me": ConfirmView("forget_me", "forget me", "Robin Sample", ask("forget me")),
    "confirm_digests": ConfirmDigestsView(
        "stop", CHANGEABLE, ask(f"stop digests {', '.join(str(line.number) for line in CHANGEABLE)}")
    ),
    "digests_changed": DigestsSetView(
        "stop", STOPPED_THREE, (UnchangedDigest(9, "digest_not_yours", {"owner": "Alex Doe"}),)
    ),
    "file_offer": FileOfferView(FILE, ask("export")),
    "file_link": FileLinkView(FILE, LINK, time(9, 45)),
    "file_saved": FileSavedView(FILE.name, FILE.form, LINK),
    "file_note": FileNoteView("declined"),
    "audience": AudienceView(3, RepeatButton("usage", "all"), RepeatButton("usage", "me")),
    "audience_unknown": AudienceView(None, RepeatButton("usage", "all"), RepeatButton("usage", "me")),
    "told_privately": PrivateNoteView(reached=True),
    "not_told": PrivateNoteView(reached=False, link="https://teams.microsoft.com/l/chat/0/0?users=28:app"),
}
