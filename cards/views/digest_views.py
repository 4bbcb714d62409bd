"""The content of the cards about digests. Pure; imports nothing of bot."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from cards.views.button_payload import AskButton, MoreButton
from cards.views.form_payload import FormButton
from cards.views.usage_views import CorrectionView, Figures, Narrowing, UsageView

DIGESTS_ON_CARD = 50  # more than this never fit


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """A schedule.

    `kind` is one of schedule_text.KINDS. `days` are days of the week (0 is Monday), `day` is a day of the month, `zone`
    an IANA name. `weeks`: every so many weeks. `nth`: the first to fourth or last (5) of `days` in a month. `once`: the
    only day. `until`: the last day, if there is one.
    """

    kind: str
    at: time | None
    zone: str
    days: tuple[int, ...] = ()
    day: int = 0
    weeks: int = 0
    nth: int = 0
    once: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ConditionView:
    """What must hold, or nothing is posted: at most one of them.

    `below` and `drops_below` are in percent. `crosses`: a line crossed the limit of the question, so it is an alert.
    `seats`: it is about sold licenses, which are assigned or not. `ends`: it is about subscriptions that end, each of
    which is reported once.
    """

    changed: bool = False
    below: float | None = None
    unused_above: int | None = None
    drops_below: float | None = None
    crosses: bool = False
    seats: bool = False
    ends: bool = False


@dataclass(frozen=True, slots=True)
class BecauseView:
    """Why a digest with a condition was posted.

    `why` is "first" if there is nothing that the condition could be compared with, "unknown" if figures are missing,
    else "": then so many `lines` are as the condition `only` wants them, each a customer or not.
    """

    only: ConditionView
    why: str = ""
    lines: int = 0
    of_customers: bool = False


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One digest in a list.

    `state` is a key `digest.state.<state>`; so is `why`: "left" if it is suspended because its owner left, else "".
    `until` is the day on which it comes again, if it is paused until a day. `last` is a key `digest.last.<last>`:
    sent, unknown, failed, refused, waiting, missed, unchanged, not_met, or "" before the first run. A time is shown in
    its own time zone, which is named if it differs from that of `when`. `mine`: the reader may change it. `here`: it is
    posted in this conversation. `where` is the kind of its conversation: personal, groupChat, channel, or "" if
    unknown. `acts` are the buttons by what they do with the digest: run, pause, skip (its next time), resume, change,
    stop. `only` is when it is posted, None for always.
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
    acts: Mapping[str, AskButton] = field(default_factory=dict)
    until: date | None = None
    why: str = ""
    only: ConditionView | None = None


@dataclass(frozen=True, slots=True)
class DigestsView:
    """The answer to `digests`.

    Digests that the reader may change have buttons: run, pause or resume, change, delete. `lines` are some of `total`:
    the first has position `start` (from 0), those from `fresh` were not shown before. `more` has the command that shows
    further ones. `asks`: it asks which one is meant, and the buttons do what was asked.
    """

    lines: tuple[DigestLine, ...]
    total: int
    more: MoreButton | None = None
    start: int = 0
    fresh: int = 0
    asks: bool = False


@dataclass(frozen=True, slots=True)
class DigestSetView:
    """The result of an act on one digest.

    `done` is a key `digest.done.<done>` (created, exists, changed, paused, paused_until, resumed, running, stopped,
    brought_back, over). `next` are the next three times. The digest uses the permission of `line.owner`. `again` sets
    it up again if it was deleted or is over; `undo` brings a deleted one back; `listed` leads to the list of digests.
    `corrected` are names of its question that were typed otherwise. `zone_form` sets another time zone: the person's
    first digest asks whether it is theirs. `until_form` pauses a paused one only until a day. `kept` are the limits of
    its question that the question before named.
    """

    done: str
    line: DigestLine
    next: tuple[datetime, ...] = ()
    again: AskButton | None = None
    undo: AskButton | None = None
    listed: AskButton | None = None
    corrected: tuple[CorrectionView, ...] = ()
    zone_form: FormButton | None = None
    until_form: FormButton | None = None
    kept: tuple[Narrowing, ...] = ()


@dataclass(frozen=True, slots=True)
class UnchangedDigest:
    """A digest of several that was not changed.

    `problem` is a key of digests_set_card.UNCHANGED, `values` are the values in its text.
    """

    number: int
    problem: str
    values: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class DigestsSetView:
    """The digests of several that were changed, and those that could not be."""

    act: str
    changed: tuple[DigestSetView, ...]
    unchanged: tuple[UnchangedDigest, ...] = ()


@dataclass(frozen=True, slots=True)
class ConfirmDigestsView:
    """The question whether to do something with all of these digests.

    `confirm` does it, with these and no others. `act` is what would be done: stop, pause, resume or run; `until` is the
    end of the pause.
    """

    act: str
    lines: tuple[DigestLine, ...]
    confirm: AskButton
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ChangeView:
    """The change of one item since the last digest.

    `before` or `after` is None if it was not listed then. `open` asks about the item alone.
    """

    name: str
    before: Figures | None
    after: Figures | None
    open: AskButton | None = None


@dataclass(frozen=True, slots=True)
class DigestView:
    """A digest: what changed since `since` (None.

    There is nothing to compare with), then the answer, shortened. `idle`, `adopted`, `moves`, `came` and `gone` are the
    most important changes of each kind, `*_total` count them all. `total_before` and `matched_before` are the values of
    `usage` at that time; `total_before` is None if its figures are not known any more, then only what came and went is
    compared. `same_day`: no service was processed since. `certain` is False if figures of this digest or of the last
    one leave something out. `largest`: the rows are those with the most licenses. `owner` is the person with whose
    permission it was asked. `late_for` is the due time if it is noticeably late. `skipped`: earlier digests were missed
    and will not be posted. `open` asks for the full answer, `settings` for when it is posted. `because`: why it was
    posted, None if it always is.
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
    certain: bool = True
    settings: AskButton | None = None
    because: BecauseView | None = None


@dataclass(frozen=True, slots=True)
class DigestNoticeView:
    """A private notice to the owner of a digest.

    `notice` is a key `digest.notice.<notice>` (paused_misses, unreadable, suspended, gone, refused, blocked, left,
    outsiders, failed, failed_once, restored, zone, stopped_by_team, changed_by_team).
    `problem` is the reason: the key `error.<problem>` if there is such a text, and after a space a code for support.
    `again` is the button that resolves it. `more`: it happened to so many other digests of this person, of which there
    is no notice. `last`: if it happens to others, there is no notice for some time.
    """

    notice: str
    line: DigestLine
    problem: str = ""
    again: AskButton | None = None
    more: int = 0
    last: bool = False
