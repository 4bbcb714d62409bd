"""Whom to call: each customer once, with every reason in words of the rules. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.figures import Licenses
from bot.domain.identifier import folded_id
from bot.domain.licensing import Dimension
from bot.domain.subscriptions import Renewing, Subscription, SubscriptionState
from bot.query.filters.row_selection import EVERYTHING, RowSelection
from bot.query.reports.usage_report import UsageReport
from bot.query.selling.call_rules import RULES, CallReason, CallRule
from bot.query.selling.renewal_line import RenewalLine

_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Why:
    """A reason to call, with what is shown of it.

    `name` is the product or workload. `number` counts licenses, `percent` is a used part, of `workload` if `name` is a
    product. `day` is the end of a term, which renews itself or not (`renewing`), or the day of the earlier usage.
    `rank` orders the customers of one reason, the smallest first.
    """

    reason: CallReason
    name: str
    rank: int
    number: int = 0
    percent: int | None = None
    day: date | None = None
    workload: str = ""
    renewing: Renewing = Renewing.UNKNOWN


@dataclass(frozen=True, slots=True)
class CustomerCall:
    """A customer with the reasons, in the order of the rules."""

    customer_id: str
    customer: str
    reasons: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class WorkloadFigures:
    """The licenses of a customer in one workload."""

    workload: str
    licenses: Licenses
    day: date | None = None


Uses = Mapping[str, Mapping[str, WorkloadFigures]]  # by customer and workload, as ids compare


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What is known for a call list.

    `before` is None if the earlier usage is not known. `of_workloads`: the usage is that of the workloads that the
    question names, so only products in which they were found are a reason.
    """

    lines: Sequence[RenewalLine]
    now: Uses
    before: Uses | None
    labels: Mapping[str, str]
    today: date
    of_workloads: bool = False

    @property
    def told(self) -> Sequence[RenewalLine]:
        """Return the lines that can be a reason."""
        return [each for each in self.lines if each.customer_id and (each.use is not None or not self.of_workloads)]


def uses_in(report: UsageReport) -> Uses:
    """Return the licenses by customer and workload.

    What is partly unknown is left out.

    The report is listed by customer and workload, and by more. Products of one workload are added.
    """
    found: dict[str, dict[str, WorkloadFigures]] = defaultdict(dict)
    unknown: set[tuple[str, str]] = set()
    for row in report.rows:
        customer, workload = row.entries[Dimension.CUSTOMER], row.entries[Dimension.WORKLOAD]
        ids = folded_id(customer.id) if customer.has_id else "", folded_id(workload.id)
        if row.unknown:
            unknown.add(ids)
        if not ids[0]:
            continue
        before = found[ids[0]].get(ids[1])
        licenses = row.figures.counts if before is None else before.licenses + row.figures.counts
        days = [each for each in (*row.days, before.day if before else None) if each is not None]
        found[ids[0]][ids[1]] = WorkloadFigures(workload.name, licenses, min(days, default=None))
    for customer_id, code in unknown:
        found[customer_id].pop(code, None)
    return found


def call_list(
    facts: CallFacts, selection: RowSelection = EVERYTHING, rules: Sequence[CallRule] = RULES
) -> tuple[CustomerCall, ...]:
    """Return the customers whom a rule fits, in the order of the rules.

    `selection`: only customers with a workload within these limits.
    """
    lines: dict[str, list[RenewalLine]] = defaultdict(list)
    for line in facts.told:
        lines[line.customer_id].append(line)
    calls: list[tuple[tuple[int, int, int], CustomerCall]] = []
    for customer in {**lines, **facts.now}:
        uses = facts.now.get(customer, {})
        if selection != EVERYTHING and not any(_admits(selection, each.licenses) for each in uses.values()):
            continue
        reasons = _reasons(rules, customer, lines[customer], facts)
        if reasons:
            place = next(at for at, rule in enumerate(rules) if rule.reason is reasons[0].reason)
            name = _name(customer, lines[customer], facts)
            calls.append(((place, reasons[0].rank, -len(reasons)), CustomerCall(customer, name, tuple(reasons))))
    calls.sort(key=lambda each: (each[0], each[1].customer.casefold(), each[1].customer_id))
    return tuple(call for _, call in calls)


def _reasons(rules: Sequence[CallRule], customer: str, lines: Sequence[RenewalLine], facts: CallFacts) -> list[Why]:
    """Return the reasons in the order of the rules; that a product ends is said once."""
    found: list[Why] = []
    for rule in rules:
        why = _why(rule, customer, lines, facts)
        said = {(each.name, each.day) for each in found}
        if why is not None and (why.reason is not CallReason.RENEWS or (why.name, why.day) not in said):
            found.append(why)
    return found


def _admits(selection: RowSelection, licenses: Licenses) -> bool:
    return selection.admits_row(licenses) and selection.admits_workload(licenses)


def _name(customer: str, lines: Iterable[RenewalLine], facts: CallFacts) -> str:
    return facts.labels.get(customer) or next((each.customer for each in lines if each.customer), customer)


def _why(rule: CallRule, customer: str, lines: Sequence[RenewalLine], facts: CallFacts) -> Why | None:
    """Return the strongest reason of this rule, None if it does not fit."""
    match rule.reason:
        case CallReason.UNUSED:
            found = _unused(rule, facts.now.get(customer, {}))
        case CallReason.DROPPED:
            found = _dropped(rule, customer, facts)
        case _:
            found = _ending(rule, lines, facts.today)
    return min(found, key=lambda each: (each.rank, each.name), default=None)


def _ending(rule: CallRule, lines: Sequence[RenewalLine], today: date) -> Iterator[Why]:
    for line in lines:
        known = None if line.use is None or line.use.partial else line.use
        percent = None if known is None else known.licenses.percent
        if rule.reason is CallReason.RENEWS_UNUSED and (percent is None or percent >= rule.percent):
            continue
        unused, workload = (0, "") if known is None else (known.licenses.unused, known.workload)
        for term in line.terms:
            days = days_left(term, today)
            stops = rule.reason is not CallReason.STOPS or term.renewing is Renewing.OFF
            if days is not None and days <= rule.days and stops:
                name = line.product or term.product
                yield Why(rule.reason, name, days, unused, percent, term.end, workload, term.renewing)


def days_left(term: Subscription, today: date) -> int | None:
    """Return the days until a subscription in use ends.

    None if it has ended, or if that is not known.
    """
    if term.end is None or term.end < today or term.state is not SubscriptionState.ACTIVE:
        return None
    return (term.end - today).days


def _unused(rule: CallRule, uses: Mapping[str, WorkloadFigures]) -> Iterator[Why]:
    for each in uses.values():
        licenses = each.licenses
        if licenses.unused >= rule.licenses and (licenses.percent or 0) <= rule.percent:
            yield Why(rule.reason, each.workload, -licenses.unused, licenses.unused, licenses.percent)


def _dropped(rule: CallRule, customer: str, facts: CallFacts) -> Iterator[Why]:
    """Yield the workloads in which fewer licenses are active than before; of both days the numbers are known."""
    earlier = {} if facts.before is None else facts.before.get(customer, {})
    for code, now in facts.now.get(customer, {}).items():
        before = earlier.get(code)
        if before is None or before.day == now.day:
            continue
        fewer = before.licenses.active - now.licenses.active
        if fewer >= rule.licenses and fewer * _WHOLE >= rule.percent * before.licenses.active:
            yield Why(rule.reason, now.workload, -fewer, fewer, day=before.day)
