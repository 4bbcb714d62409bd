"""Every needed text is in the locale, and every text in the locale is needed."""

import json
import re
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import bot
from bot.commands.answer_kind import AnswerKind, TrendMeasure, TrendStep
from bot.commands.command import FIGURES_TOPIC
from bot.commands.digest_form import DAYS, QUIET
from bot.commands.digest_form import KEPT as KEPT_DAYS
from bot.commands.list_shape import GROUPS, KEPT, ONLY, ORDERS
from bot.commands.verbs import VERBS
from bot.digests.alerts.alert_check import ENDED, INCOMPLETE, NOTHING
from bot.digests.alerts.renewal_check import PARTLY_UNREAD, UNREAD
from bot.domain.compared_days import Movement
from bot.domain.figures import LicenseMeasure
from bot.domain.licensing import Dimension
from bot.domain.recurrence import LAST_WEEK
from bot.domain.subscriptions import Renewing, SubscriptionState
from bot.language.composing.reason import Reason
from bot.language.composing.times import DATED_SCHEDULE
from bot.language.reading.only_if.conditioned import CONDITION, ONCE
from bot.language.vocabulary.vocabulary import languages
from bot.query.filters.amount_range import AmountBound
from bot.query.reports.report_gaps import Gaps
from bot.query.reports.usage_report import Remark
from bot.query.selling.call_rules import CallReason
from bot.query.selling.line_choice import Undecided
from bot.query.selling.renewal_line import LineGroup, NumberSource, Unjoined
from bot.query.selling.sold_use import NotKnown
from bot.teams.activity.wordless_content import Wordless
from bot.usage.error_view import PROBLEMS, SIGN_IN_ADVISED
from bot.usage.kinds.trend.trend_points import GapKind
from bot.usage.question_scope import QUANTITY
from cards.answers.forward_text import FORWARDED
from cards.digests.digest_form_card import PLACES
from cards.digests.schedule_inputs import MISTAKES
from cards.wording.locale_words import SEATS, LocaleWords, available

EVERY_GAP = Gaps(
    unknown=2,
    unreadable_days=1,
    unusable=1,
    repeated=1,
    missing=1,
    perhaps_missing=1,
    undated=1,
    unidentified=1,
    reported_error=True,
)
ROOT = Path(__file__).parents[3]
SOURCES = [path.read_text(encoding="utf-8") for room in ("bot", "cards") for path in (ROOT / room).rglob("*.py")]
# A key is written literally where it is used, or is built from one of these prefixes and a name in the code.
WRITTEN = {key for source in SOURCES for key in re.findall(r"""["']([a-z_]+(?:\.[a-z_]+)+)["']""", source)}
REFUSALS = {name for source in SOURCES for name in re.findall(r'ErrorView\(\s*"([a-z_]+)"', source)} | {"none_within"}
TROUBLES = {name for _, name in PROBLEMS} | REFUSALS | {"internal", "expired"}


# What a sentence may lack, and what is understood and not offered: see bot/language/reading.
MISSING = ("question", "name", "day", "number", "list")
NOT_OFFERED = (
    "export", "csv", "xlsx", "chart", "alert", "trend", "compare", "range", "count", "seats_workload",
    "seats_and_usage", "only_sold", "trend_lines", "step", "copilot", "sold_over_days",
    "follow", "follow_all", "ignore",
    "several_digests", "digest", "later", "list", "language", "recurrence", "tongue", "change_by",
    *(
        f"{what}_{kind}"
        for what in ("condition", "day", "lines")
        for kind in (AnswerKind.RENEWALS, AnswerKind.CALLS, AnswerKind.SOLD_USE)
    ),
)  # fmt: skip


def refused_kinds() -> set[str]:
    """Return what the vocabularies recognize and the bot refuses by its name."""
    files = (Path(bot.__file__).parent / "language" / "vocabulary").glob("*/words.json")
    return {kind for file in files for kind in json.loads(file.read_text("utf-8"))["words"].get("refused", {})}


def _sold() -> Iterator[str]:
    """Yield the texts about what is sold and ends."""
    yield from (f"sold.source.{source}" for source in NumberSource)
    yield from (f"sold.end.{how}{today}" for how in ("renews", "stops", "ends") for today in ("", ".today"))
    yield from (f"sold.renewing.{renewing}" for renewing in Renewing)
    others = (SubscriptionState.ACTIVE, SubscriptionState.OTHER)
    yield from (f"sold.state.{state}" for state in ("unknown", *SubscriptionState) if state not in others)
    troubles = ("not_your_customer", "access_denied", "endpoint_missing", "throttled", "service_down", "deadline")
    yield from (f"sold.problem.{problem}" for problem in ("any", "no_rows", *troubles))
    gaps = ("missing", "unusable", "unread", "incomplete", "rows", "unknown_rows")
    yield from (f"sold.counted.gap.{gap}" for gap in gaps)
    yield from (f"sold.counted.{reason}" for reason in ("other", *Undecided, *NotKnown))
    yield from (f"sold.counted.unjoined.{reason}" for reason in Unjoined)
    yield from (f"sold.counted.calls.{doubt}" for doubt in ("no_end", "no_renewing", "no_use", "no_workload"))
    yield from (f"alert.renewals.{blind}" for blind in (UNREAD, PARTLY_UNREAD, ENDED))
    yield from (f"sold.group.{group}" for group in LineGroup)
    yield from (f"{room}.{QUANTITY}" for room in ("scope.amount", "measure"))
    yield from (f"renewals.only.{renewing}" for renewing in (Renewing.AUTO, Renewing.OFF))
    yield from (f"calls.{room}.{reason}" for room in ("reason", "rule") for reason in CallReason)


def _trends() -> Iterator[str]:
    """Yield the texts about how figures developed."""
    for step in TrendStep:
        yield from (f"trend.title.{of}.{step.value}" for of in TrendMeasure)
        yield from (f"trend.{room}.{step.value}" for room in ("every", "by"))
    yield from (f"trend.{room}.{gap.value}" for room in ("gap", "gaps") for gap in GapKind)
    yield from (f"trend.legend.{line}" for line in TrendMeasure)
    moving = (TrendMeasure.QUALIFIED, TrendMeasure.UNUSED, TrendMeasure.BEYOND)
    yield from (f"trend.moved.{way}.{of}" for way in ("up", "down") for of in moving)


def needed() -> Iterator[str]:
    yield from (f"remark.{remark.value}" for remark in Remark)
    yield from (f"remark.{name}" for name, _ in EVERY_GAP.counted)
    yield from ("remark.may_be_incomplete",)
    # Where one name is missing, the person is asked for it in another card.
    asked = {Reason.NO_SUCH_NAME, Reason.MISSING, Reason.NOT_OFFERED}
    yield from (f"problem.{reason.value}" for reason in Reason if reason not in asked)
    yield from (f"problem.missing.{what}" for what in MISSING)
    yield from (f"problem.not_offered.{what}" for what in (*NOT_OFFERED, *refused_kinds(), CONDITION, ONCE))
    yield f"problem.conflict.{DATED_SCHEDULE}"
    yield from (f"problem.title.{kind}" for kind in ("any", "impossible", "not_offered"))
    yield from ("problem.not_offered", "problem.misspelt", "problem.not_repeated")
    yield from (f"schedule.nth.{nth}" for nth in range(1, LAST_WEEK + 1))
    for trouble in (
        *(f"none_{movement}" for movement in Movement),
        *TROUBLES,
        *(f"only_{wordless.value}" for wordless in Wordless),
    ):
        yield from (f"error.{trouble}", f"title.{trouble}")
    for room in ("dimension", "picker", "nomatch", "list"):
        yield from (f"{room}.{name}" for name in (*(dimension.value for dimension in Dimension), "any"))
    yield from (f"picker.other.{dimension.value}" for dimension in Dimension)
    for verb in VERBS:
        yield f"help.topic.{verb.help_topic}"
        yield from (example.words_key for example in verb.examples)
    yield from (f"help.{room}.{FIGURES_TOPIC}" for room in ("title", "topic"))
    yield from (f"terminal.{figure}" for figure in ("unused", "share", "active", "qualified", "beyond"))
    yield from (
        f"scope.{limit}"
        for limit in ("none_used", "none_sold_used", "below", "at_most", "above", "at_least", "top", "bottom")
    )
    yield from (f"scope.{days}" for days in ("day", "versus", "since", "range", *Movement))
    yield from (f"scope.{said}" for said in ("without", "ignored", "not_ignored", "sold", "assigned", "unassigned"))
    for moved in ("licenses", "points", "qualified"):
        yield from (f"compare.{moved}.{direction}" for direction in ("up", "down"))
    yield from (f"compare.{kind}" for kind in ("new", "gone", "unknown"))
    yield from (f"scope.{end}.by" for end in ("top", "bottom"))
    yield from (f"scope.licenses.{bound.value}" for bound in AmountBound)
    yield from (f"{room}.{measure.value}" for room in ("scope.amount", "measure") for measure in LicenseMeasure)
    for room in ("usage.total", "usage.selected"):
        yield from (f"{room}.{name}" for name in (*(dimension.value for dimension in Dimension), "any"))
    yield from (f"usage.old.{which}.{unit}" for which in ("all", "some") for unit in ("weeks", "months", "years"))
    yield from (f"language.{language}" for language in languages())
    yield from _sold()
    yield from (f"shape.group.{name}" for name in (*GROUPS, KEPT))
    yield from (f"shape.order.{name}" for name in (*ORDERS, KEPT))
    yield from (f"shape.only.{name}" for name in (*ONLY, KEPT))
    yield from (f"form.when.{name}" for name in (*DAYS, KEPT_DAYS) if not name.startswith("day"))
    yield from (f"form.quiet.{name}" for name in QUIET)
    yield from (
        f"digest.because.{name}.{of}" for name in ("below", "dropped", "unused") for of in ("customers", "lines")
    )
    yield from (f"alert.{how}.{of}" for how in ("several", "over") for of in ("customers", "lines"))
    yield from (f"alert.{how}" for how in ("is", "fell", "rose"))
    yield from (f"alert.blind.{why}" for why in (INCOMPLETE, NOTHING, ENDED))
    yield from _trends()
    yield "form.what"
    yield from (f"form.where.{name}" for name in PLACES)
    yield from (f"form.mistake.{name}" for name in MISTAKES)
    yield from (f"usage.following.{name}" for name in ("customer", "any"))
    yield "remark.other"
    yield from (f"{room}.{problem}.here" for problem in SIGN_IN_ADVISED for room in ("title", "error"))
    yield from (f"forward.{problem}" for problem in FORWARDED)


def blanks(text: Any) -> set[str]:
    forms = [text] if isinstance(text, str) else list(text.values())
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}


def texts(locale: str) -> Mapping[str, Any]:
    return LocaleWords.load(locale).texts


@pytest.mark.parametrize("locale", available())
def test_every_needed_text_is_in_the_locale(locale: str) -> None:
    missing = {key for key in needed() if key not in texts(locale)}
    assert missing == set()


def test_no_text_of_the_locale_is_unused() -> None:
    called = {key.removesuffix(f".{SEATS}") for key in texts("en")}  # the same text about sold licenses
    unused = {key for key in called if key not in WRITTEN and key not in set(needed())}
    assert unused == set()


def test_a_text_about_sold_licenses_has_the_blanks_of_that_about_usage() -> None:
    for key in filter(lambda key: key.endswith(f".{SEATS}"), texts("en")):
        of_seats, of_usage = texts("en")[key], texts("en")[key.removesuffix(f".{SEATS}")]
        assert blanks(of_seats) <= blanks(of_usage), key


@pytest.mark.parametrize("locale", [*available(), "qps-ploc"])
def test_every_language_has_the_same_texts_and_placeholders(locale: str) -> None:
    assert {key: blanks(text) for key, text in texts(locale).items()} == {
        key: blanks(text) for key, text in texts("en").items()
    }


@pytest.mark.parametrize("locale", available())
def test_a_text_has_every_plural_form_of_its_language(locale: str) -> None:
    words = LocaleWords.load(locale)
    forms = {*words.babel.plural_form.tags, "other"}
    for key, text in words.texts.items():
        assert isinstance(text, str) or set(text) == forms, key


@pytest.mark.parametrize("locale", available())
def test_a_text_about_a_failure_says_what_to_do_next(locale: str) -> None:
    for trouble in TROUBLES:
        text = texts(locale)[f"error.{trouble}"]
        assert len(re.findall(r"[.;,:](?:\s|$)", text)) >= 2, f"{trouble}: {text}"
        assert len(text) < 200, trouble


@pytest.mark.parametrize("locale", available())
def test_help_says_of_every_example_in_a_few_words_what_it_answers(locale: str) -> None:
    told = [texts(locale)[example.words_key] for verb in VERBS for example in verb.examples]
    assert [each for each in told if each.endswith(".") or len(each) > 65] == []


@pytest.mark.parametrize("locale", available())
def test_a_text_to_forward_is_read_at_once(locale: str) -> None:
    told = {name: len(str(texts(locale)[f"forward.{name}"]).split()) for name in FORWARDED}
    assert {name: words for name, words in told.items() if words > 60} == {}
