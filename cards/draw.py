"""Draw a view: an Adaptive Card and one plain sentence, in the reader's language.

Pure.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from cards.answers import account_card as account
from cards.answers import audience_card as audience
from cards.answers import confirm_card as confirming
from cards.answers import file_card as files
from cards.answers import hello_card as hello
from cards.answers import help_card as manual
from cards.answers import language_card as tongue
from cards.answers import list_card as listing
from cards.answers import picker_card as picker
from cards.answers import problem_card as problem
from cards.answers import progress_card as working
from cards.answers import sign_in_card as sign_in
from cards.digests import alert_card as alert
from cards.digests import digest_card as digest
from cards.digests import digest_form_card as digest_form
from cards.digests import digest_list_card as digest_list
from cards.digests import digest_notice_card as digest_set
from cards.digests import digest_settings_card as digest_settings
from cards.digests import kind_digest_card as kind_digest
from cards.digests import renewal_alert_card as renewal_alert
from cards.digests import several_digests_card as several
from cards.parts.card_frame import Rendered
from cards.parts.correction_text import corrections_in_words
from cards.personal import ignored_card as ignored
from cards.personal import own_list_card as own
from cards.selling import calls_card as calling
from cards.selling import renewals_card as renewing
from cards.selling import sold_use_card as using
from cards.usage import shape_card as shaping
from cards.usage import trend_card as trending
from cards.usage import usage_card as usage
from cards.views.answer_views import (
    AccountView,
    CancelledView,
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
    ShapeView,
    SignInView,
    UsageView,
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
from cards.views.kinds.selling_views import CallsView, RenewalsView
from cards.views.kinds.sold_use_view import SoldUseView
from cards.views.kinds.trend_view import TrendView
from cards.views.personal.ignored_view import IgnoredView
from cards.views.personal.own_list_view import OwnListView
from cards.wording.locale_words import LocaleWords


def _kind_digest(view: KindDigestView, words: LocaleWords) -> Rendered:
    return kind_digest.kind_digest(view, words, CARDS[type(view.content)][0](view.content, words))


def _kind_digest_summary(view: KindDigestView, words: LocaleWords) -> str:
    return kind_digest.summary(view, words, CARDS[type(view.content)][1](view.content, words))


# For each type of view: its card, and the sentence for toast and screen reader.
CARDS: Mapping[type[Any], tuple[Callable[[Any, LocaleWords], Rendered], Callable[[Any, LocaleWords], str]]] = (
    MappingProxyType(
        {
            UsageView: (usage.usage, usage.summary),
            ShapeView: (shaping.shape, shaping.summary),
            HelpView: (manual.help_card, manual.summary),
            HelloView: (hello.hello, hello.summary),
            PickerView: (picker.picker, picker.picker_summary),
            NoMatchView: (picker.no_match, picker.no_match_summary),
            NotUnderstoodView: (problem.not_understood, problem.not_understood_summary),
            ListView: (listing.listing, listing.summary),
            ErrorView: (problem.error, problem.error_summary),
            SignInView: (sign_in.sign_in, sign_in.summary),
            AccountView: (account.account, account.summary),
            OwnListView: (own.own_list, own.summary),
            IgnoredView: (ignored.ignored, ignored.summary),
            LanguageView: (tongue.language, tongue.summary),
            ConfirmView: (confirming.confirm, confirming.summary),
            AudienceView: (audience.audience, audience.audience_summary),
            PrivateNoteView: (audience.private_note, audience.private_note_summary),
            FileOfferView: (files.offer, files.offer_summary),
            FileLinkView: (files.link, files.link_summary),
            FileSavedView: (files.saved, files.saved_summary),
            FileNoteView: (files.about, files.about_summary),
            ProgressView: (working.working, working.summary),
            CancelledView: (working.cancelled, working.cancelled_summary),
            DigestView: (digest.digest, digest.summary),
            TrendView: (trending.trend, trending.summary),
            KindDigestView: (_kind_digest, _kind_digest_summary),
            AlertView: (alert.alert, alert.summary),
            RenewalAlertView: (renewal_alert.renewal_alert, renewal_alert.summary),
            RenewalsView: (renewing.renewals, renewing.summary),
            CallsView: (calling.calls, calling.summary),
            SoldUseView: (using.sold_use, using.summary),
            DigestsView: (digest_list.digests, digest_list.summary),
            DigestSetView: (digest_set.digest_set, digest_set.summary),
            DigestsSetView: (several.digests_set, several.summary),
            ConfirmDigestsView: (several.confirm, several.confirm_summary),
            DigestFormView: (digest_form.digest_form, digest_form.summary),
            DigestSettingsView: (digest_settings.settings, digest_settings.summary),
            DigestNoticeView: (digest_set.notice, digest_set.notice_summary),
        }
    )
)


def _corrected(view: DigestSetView | ErrorView, words: LocaleWords) -> list[str]:
    return corrections_in_words(view.corrected, words)


def _kind_digest_lines(view: KindDigestView, words: LocaleWords) -> list[str]:
    kind = type(view.content)
    return TEXTS[kind](view.content, words) if kind in TEXTS else []


# The lines after the summary in the text that is posted without the card.
TEXTS: Mapping[type[Any], Callable[[Any, LocaleWords], list[str]]] = MappingProxyType(
    {
        UsageView: usage.lines,
        TrendView: trending.lines,
        HelpView: manual.lines,
        HelloView: hello.lines,
        LanguageView: tongue.lines,
        OwnListView: own.lines,
        IgnoredView: ignored.lines,
        DigestView: digest.lines,
        KindDigestView: _kind_digest_lines,
        AlertView: alert.lines,
        RenewalAlertView: renewal_alert.lines,
        RenewalsView: renewing.lines,
        CallsView: calling.lines,
        SoldUseView: using.lines,
        DigestFormView: digest_form.lines,
        DigestSettingsView: digest_settings.lines,
        DigestsView: digest_list.lines,
        PickerView: picker.picker_lines,
        ListView: listing.lines,
        NotUnderstoodView: problem.not_understood_lines,
        FileOfferView: files.offer_lines,
        FileLinkView: files.link_lines,
        ErrorView: _corrected,
        DigestSetView: _corrected,
        DigestsSetView: several.set_lines,
        ConfirmDigestsView: several.confirm_lines,
    }
)


def draw(view: View, words: LocaleWords) -> Rendered:
    """Return the Adaptive Card of `view` as JSON-able dicts.

    Valid in Teams, and always under 25 KB.
    """
    return CARDS[type(view)][0](view, words)


def plain_text(view: View, words: LocaleWords) -> str:
    """Return what is posted when Teams refuses the card.

    It is the summary, the rows or names on the card, how many are left, and what was corrected.
    """
    lines = TEXTS[type(view)](view, words) if type(view) in TEXTS else []
    return "\n\n".join([summary(view, words), *lines])


def summary(view: View, words: LocaleWords) -> str:
    """Return the card's content as one plain sentence for toast and screen reader."""
    return CARDS[type(view)][1](view, words)
