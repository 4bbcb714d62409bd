"""What is left out of an answer because that was asked for before. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.commands.command import Usage
from bot.domain.figures import LicenseMeasure
from bot.domain.identifier import folded_id
from bot.domain.licensing import Dimension, Entry
from bot.identity.exclusion import Exclusion
from bot.names.name_index import NameIndex
from bot.query.filters.expression import Ne, all_of
from bot.usage.personal.own_customers import OwnCustomers
from bot.usage.query_plan import LeftOut, QueryPlan


@dataclass(frozen=True, slots=True)
class Ignored:
    """What is to be left out of one answer.

    `customers` may be in it, `named` are those that the question names. Without `trials`, rows of trials are not in it.
    """

    customers: tuple[Entry, ...] = ()
    named: tuple[Entry, ...] = ()
    trials: bool = True

    @classmethod
    def of(
        cls, found: Iterable[Exclusion], command: Usage, named: QueryPlan, names: NameIndex | None, *, posted: bool
    ) -> "Ignored":
        """Return what of `found` concerns a question, of which `named` is the plan.

        Nothing does beside a filter that was typed. `posted`: the answer is a digest. A customer that the person cannot
        see is in no answer. The report on sold licenses does not say which of them are trials, and a question
        about active licenses that are not qualified is about trials, too.
        """
        if command.expression is not None:
            return cls()
        wanted = [each for each in found if posted or not each.digests]
        ids = {folded_id(each.customer.id) for each in wanted if each.customer is not None}
        scope = [each for each in named.scope if each.dimension is Dimension.CUSTOMER]
        asked = {folded_id(each.id) for each in (*scope, *named.excluded)}
        seen = [] if names is None else names.entries(Dimension.CUSTOMER)
        others = [each for each in seen if each.has_id and folded_id(each.id) in ids - asked]
        about_trials = command.seats is not None or command.selection.measure is LicenseMeasure.BEYOND
        return cls(
            tuple(others) if command.mine or not scope else (),  # else only what is named is in the answer
            tuple(each for each in scope if folded_id(each.id) in ids),
            about_trials or all(each.customer is not None for each in wanted),
        )

    def own(self, own: OwnCustomers) -> tuple[OwnCustomers, "Ignored"]:
        """Return the list of a person without those customers, and what of it they are."""
        ids = {folded_id(each.id) for each in self.customers}
        gone = tuple(each for each in own.seen if folded_id(each.id) in ids)
        rest = tuple(each for each in own.seen if each not in gone)
        return replace(own, seen=rest), replace(self, customers=gone)

    def left_out(self) -> LeftOut | None:
        """Return what an answer says of it; None if it takes nothing away."""
        if not (self.customers or self.named) and self.trials:
            return None
        return LeftOut(self.customers, self.trials, named=self.named)

    def applied(self, planned: QueryPlan) -> QueryPlan:
        """Return the plan without what is left out."""
        terms = (planned.query.expression, *(Ne(Dimension.CUSTOMER.id_field, each.id) for each in self.customers))
        expression = all_of(each for each in terms if each is not None)
        query = replace(planned.query, expression=expression, trials=planned.query.trials and self.trials)
        return replace(planned, query=query, left_out=self.left_out())

    def noted(self, planned: QueryPlan) -> QueryPlan:
        """Return the plan of a list of customers that has none of those that are left out."""
        return replace(replace(self, customers=()).applied(planned), left_out=self.left_out())


def is_all_left_out(own: OwnCustomers, ignored: Ignored, command: Usage) -> bool:
    """Return True if a list of customers is empty because all of it is left out."""
    return bool(ignored.customers) and not own.seen and not command.customers


def labels_of(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return the names of entries, each once."""
    return tuple(dict.fromkeys(each.label for each in entries))
