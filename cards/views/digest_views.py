"""Exactly what the cards about digests show. Pure; imports nothing of bot."""

from dataclasses import dataclass
from datetime import datetime, time

from cards.views.button_payload import AskButton
from cards.views.usage_views import Figures, UsageView


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """A schedule in a person's terms. `kind` is one of schedule_text.KINDS (daily, weekdays, weekly, monthly, once).

    `days` are days of the week (Monday is 0), `day` one of the month, `zone` an IANA name.
    """

    kind: str
    at: time | None
    zone: str
    days: tuple[int, ...] = ()
    day: int = 0


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One digest in a list.

    `state` is a key `digest.state.<state>`, `last` one `digest.last.<last>` ("" before the first run): sent, unknown,
    failed, waiting, missed. A time is told in its own zone, which is named where it is not that of `when`. `mine`: the
    reader may change it. `here`: it posts in this conversation; `where` is what kind of conversation that is: personal,
    groupChat, channel ("" where that is not known).
    """

    number: int
    question: str
    when: ScheduleView
    state: str
    next: datetime | None
    last: str = ""
    last_at: datetime | None = None
    owner: str = ""
    mine: bool = True
    here: bool = True
    where: str = ""


@dataclass(frozen=True, slots=True)
class DigestsView:
    """`digests`: with buttons run now, pause or resume, change, delete beside those that are the reader's to change."""

    lines: tuple[DigestLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class DigestSetView:
    """What became of one digest: `done` is a key `digest.done.<done>` (created, exists, changed, paused, resumed,
    stopped, running, over). `next` are the next three times. It uses the permission of `line.owner`. `again` is what
    sets it up once more, where it is gone or over.
    """

    done: str
    line: DigestLine
    next: tuple[datetime, ...] = ()
    again: AskButton | None = None


@dataclass(frozen=True, slots=True)
class ScheduleChoicesView:
    """How often? `choices` are the offers: a schedule and what its button says to the bot."""

    question: str
    choices: tuple[tuple[ScheduleView, AskButton], ...]
    number: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeView:
    """What became of one thing since the last digest; `before` is None where it was not there."""

    name: str
    before: Figures | None
    after: Figures | None


@dataclass(frozen=True, slots=True)
class DigestView:
    """A digest: what changed since `since` (None: there is nothing to compare with), then the answer, shortened.

    `idle`, `adopted`, `moves`, `came` and `gone` are the foremost of each kind, `*_total` count them all;
    `total_before` and `matched_before` are what `usage` had then. `same_day`: no service was counted anew since.
    `largest`: the rows are those with the most licenses. `owner` is whose permission was used. `late_for` is the moment
    it was due, where it comes noticeably later; `skipped`: earlier ones were missed and are not made up for. `open`
    asks for the full answer.
    """

    number: int
    usage: UsageView
    when: ScheduleView
    owner: str
    since: datetime | None = None
    total_before: Figures | None = None
    idle: tuple[ChangeView, ...] = ()
    adopted: tuple[ChangeView, ...] = ()
    moves: tuple[ChangeView, ...] = ()
    came: tuple[ChangeView, ...] = ()
    gone: tuple[ChangeView, ...] = ()
    idle_total: int = 0
    adopted_total: int = 0
    moves_total: int = 0
    came_total: int = 0
    gone_total: int = 0
    matched_before: int = 0
    same_day: bool = False
    largest: bool = False
    late_for: datetime | None = None
    skipped: bool = False
    open: AskButton | None = None


@dataclass(frozen=True, slots=True)
class DigestNoticeView:
    """What the owner is told in private about a digest: `notice` is a key `digest.notice.<notice>` (paused_misses,
    suspended, removed, blocked, failed, restored, zone). `problem` is the reason, by its key `error.<problem>` where we
    have words for it, and after a space what support asks for. `again` is the button that mends it."""

    notice: str
    line: DigestLine
    problem: str = ""
    again: AskButton | None = None
