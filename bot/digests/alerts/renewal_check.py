"""One check of an alert about renewals: what came within its days. Pure.

A subscription is reported once in each term: what identifies it has the end of the term. A check that is repeated with
the same answer finds nothing new, so it can be repeated after a crash.
"""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2b

from bot.commands.command import Usage
from bot.digests.alerts.alert_check import ENDED
from bot.digests.alerts.alert_state import AlertState, WatchedLine
from bot.domain.figure_age import OLD_AFTER
from bot.domain.figures import Licenses
from bot.domain.subscriptions import Subscription
from bot.query.selling.line_choice import LineChoice, Undecided, asked_terms, fits
from bot.query.selling.renewal_line import NumberSource, RenewalLine, has_ended
from bot.usage.kinds.selling.renewal_facts import RenewalFacts, choice_of

UNREAD, PARTLY_UNREAD = "unread", "partly_unread"
_GAPS = frozenset({"missing", "unusable", "unread", "incomplete"})  # of subscriptions
_HASH = 10  # letters of a key, of which the other ones are the day


@dataclass(frozen=True, slots=True)
class DueTerm:
    """A subscription that is reported, with the line that it is of.

    `again`: it may have been reported already.
    """

    line: RenewalLine
    term: Subscription
    again: bool = False


@dataclass(frozen=True, slots=True)
class RenewalFindings:
    """What a check found.

    `due` are the subscriptions to report. `missing` are those within the days of which it is not known whether the
    condition holds; each is reported once. `blind` is `UNREAD` if no subscription could be read, `PARTLY_UNREAD` if
    some could not, `ENDED` when that is over, else "". `within` has every subscription within the days for which the
    condition holds.
    """

    due: tuple[DueTerm, ...] = ()
    missing: tuple[WatchedLine, ...] = ()
    blind: str = ""
    within: tuple[DueTerm, ...] = ()

    @property
    def is_news(self) -> bool:
        """Return True if something is to be reported."""
        return bool(self.due or self.missing or self.blind)


@dataclass(slots=True)
class _Found:
    lines: dict[str, WatchedLine]
    due: list[DueTerm] = field(default_factory=list)
    missing: list[WatchedLine] = field(default_factory=list)
    within: list[DueTerm] = field(default_factory=list)


def check_renewals(
    question: Usage, limit: str, before: AlertState | None, facts: RenewalFacts
) -> tuple[AlertState, RenewalFindings]:
    """Return the state after the check, and what it found.

    `facts` answer `watched(question)`: they have every line within the days, whether or not the condition holds.
    `limit` identifies days and condition: after others, the check is the first. Usage that is more than `OLD_AFTER`
    days old counts as not known.
    """
    state = AlertState(limit) if before is None or before.limit != limit else before
    if _is_unread(facts):
        return replace(state, blind=True), RenewalFindings(blind="" if state.blind else UNREAD)
    found = _Found(_of_terms_to_come(state.lines, facts.today))
    choice = choice_of(question, facts.plan, facts.today)
    for line in facts.lines:
        for term in asked_terms(line, choice):
            if not has_ended(term, facts.today):
                _look(line, term, choice, found)
    blind = bool(_GAPS & set(facts.gaps))
    changed = PARTLY_UNREAD if blind and not state.blind else ENDED if state.blind and not blind else ""
    told = RenewalFindings(tuple(found.due), tuple(found.missing), changed, tuple(found.within))
    return replace(state, lines=found.lines, blind=blind), told


def _is_unread(facts: RenewalFacts) -> bool:
    return any(each.source is NumberSource.ANALYTICS and each.problem for each in facts.sources)


def _of_terms_to_come(lines: Mapping[str, WatchedLine], today: date) -> dict[str, WatchedLine]:
    """Return what is remembered of terms that are not over."""
    return {key: line for key, line in lines.items() if int(key[:-_HASH], 16) >= today.toordinal()}


def key_of(line: RenewalLine, term: Subscription) -> str:
    """Return what identifies a subscription in its term.

    It is the last day, and a hash of the id.
    """
    identity = term.id or "|".join(map(str, (*line.key, term.product, term.seats)))
    hashed = blake2b(identity.encode("utf-8", "replace"), digest_size=9).digest()
    day = (term.end or date.max).toordinal()
    return f"{day:x}{urlsafe_b64encode(hashed).decode()[:_HASH]}"


def _look(line: RenewalLine, term: Subscription, choice: LineChoice, found: _Found) -> None:
    key = key_of(line, term)
    was = found.lines.get(key)
    told = was is not None and was.over
    doubtful = was is not None and was.doubtful
    seen, holds = _seen(line, term), _holds(line, choice)
    if isinstance(holds, Undecided):
        if was is None or not (was.over or was.blind):
            found.missing.append(seen)
        found.lines[key] = replace(was or seen, blind=True)
        return
    if holds:
        found.within.append(DueTerm(line, term))
    if holds and (not told or doubtful):
        found.due.append(DueTerm(line, term, again=told))
    found.lines[key] = replace(seen, over=told or holds, doubtful=doubtful and not holds)


def _holds(line: RenewalLine, choice: LineChoice) -> bool | Undecided:
    """Return whether the condition holds; usage that is too old is not known."""
    use = line.use
    if use is not None and use.day is not None and (choice.today - use.day).days > OLD_AFTER:
        line = replace(line, use=None)
    return fits(line, choice)


def _seen(line: RenewalLine, term: Subscription) -> WatchedLine:
    use = line.use
    name = " · ".join(filter(None, (line.customer, line.product or term.product)))
    if use is None:
        return WatchedLine(name, Licenses())
    return WatchedLine(name, use.licenses, use.workload, use.day)
