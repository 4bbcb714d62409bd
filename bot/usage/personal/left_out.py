"""What is left out of an answer because that was asked for before. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.commands.answer_kind import AnswerKind
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
    `unnamed` are ids of customers that may be in it, too, although the person who asks has no name for them.
    """

    customers: tuple[Entry, ...] = ()
    named: tuple[Entry, ...] = ()
    trials: bool = True
    unnamed: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, found: Iterable[Exclusion], command: Usage, named: QueryPlan, names: NameIndex | None, *, posted: bool
    ) -> "Ignored":
        """Return what of `found` concerns a question, of which `named` is the plan.

        Nothing does beside a filter that was typed. `posted`: the answer is a digest. `names` are those of the usage
        report. What was sold may be of other customers, too, so an answer about it is also without those that have
        no name. The report on sold licenses does not say which of them are trials, and a question about active
        licenses that are not qualified is about trials, too.
        """
        if command.expression is not None:
            return cls()
        wanted = [each for each in found if posted or not each.digests]
        ids = {folded_id(each.customer.id) for each in wanted if each.customer is not None}
        scope = [each for each in named.scope if each.dimension is Dimension.CUSTOMER]
        asked = {folded_id(each.id) for each in (*scope, *named.excluded)}
        seen = [] if names is None else names.entries(Dimension.CUSTOMER)
        others = [each for each in seen if each.has_id and folded_id(each.id) in ids - asked]
        unnamed = ids - asked - {folded_id(each.id) for each in others} if _is_of_sold(command) else set[str]()
        return cls(
            tuple(others) if command.mine or not scope else (),  # else only what is named is in the answer
            tuple(each for each in scope if folded_id(each.id) in ids),
            _is_about_trials(command) or all(each.customer is not None for each in wanted),
            () if command.mine or scope else tuple(sorted(unnamed)),
        )

    def own(self, own: OwnCustomers) -> tuple[OwnCustomers, "Ignored"]:
        """Return the list of a person without those customers, and what of it they are."""
        ids = {folded_id(each.id) for each in self.customers}
        gone = tuple(each for each in own.seen if folded_id(each.id) in ids)
        rest = tuple(each for each in own.seen if each not in gone)
        return replace(own, seen=rest), replace(self, customers=gone)

    def left_out(self) -> LeftOut | None:
        """Return what an answer says of it; None if it takes nothing away."""
        if not (self.customers or self.named or self.unnamed) and self.trials:
            return None
        return LeftOut(self.customers, self.trials, named=self.named, unnamed=self.unnamed)

    def applied(self, planned: QueryPlan) -> QueryPlan:
        """Return the plan without what is left out."""
        ids = (*(each.id for each in self.customers), *self.unnamed)
        terms = (planned.query.expression, *(Ne(Dimension.CUSTOMER.id_field, each) for each in ids))
        expression = all_of(each for each in terms if each is not None)
        query = replace(planned.query, expression=expression, trials=planned.query.trials and self.trials)
        return replace(planned, query=query, left_out=self.left_out())

    def noted(self, planned: QueryPlan) -> QueryPlan:
        """Return the plan of a list of customers that has none of those that are left out."""
        return replace(replace(self, customers=()).applied(planned), left_out=self.left_out())


def is_all_left_out(own: OwnCustomers, ignored: Ignored, command: Usage) -> bool:
    """Return True if a list of customers is empty because all of it is left out."""
    return bool(ignored.customers) and not own.seen and not command.customers


def _is_of_sold(command: Usage) -> bool:
    """Return True if the answer may have customers without usage."""
    return command.seats is not None or command.kind in (AnswerKind.RENEWALS, AnswerKind.CALLS, AnswerKind.SOLD_USE)


def _is_about_trials(command: Usage) -> bool:
    """Return True if trials are what is asked for, or if the report does not know them."""
    sorted_by = None if command.order is None else command.order.measure
    return command.seats is not None or LicenseMeasure.BEYOND in (command.selection.measure, sorted_by)
