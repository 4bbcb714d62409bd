"""The customers that "my customers" means when a question is answered."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.commands.answer_kind import AnswerKind
from bot.commands.command import Follow, Name, Usage
from bot.domain.conversation import Caller
from bot.domain.identifier import folded_id
from bot.domain.licensing import Dimension, Entry
from bot.names.name_index import NameIndex
from bot.query.filters.expression import all_of, any_of
from bot.usage.command_buttons import ask_button, fill_button
from bot.usage.query_plan import OwnScope, QueryPlan, by_id, plan
from bot.usage.usage_services import UsageServices
from cards.views.button_payload import FillButton
from cards.views.personal.own_list_view import OwnListView

# In place of a name that the person types.
ANOTHER = Name("…")


@dataclass(frozen=True, slots=True)
class OwnCustomers:
    """The list of a person.

    `seen` are those that they can see, as their names are now, `gone` those that they cannot see.
    """

    seen: tuple[Entry, ...]
    gone: tuple[Entry, ...]

    @classmethod
    def of(cls, followed: Iterable[Entry], names: NameIndex) -> "OwnCustomers":
        """Sort out a list by the names that its person can see."""
        known = {folded_id(each.id): each for each in names.entries(Dimension.CUSTOMER) if each.has_id}
        pairs = [(each, known.get(folded_id(each.id))) for each in followed]
        return cls(
            tuple(found for _, found in pairs if found is not None),
            tuple(each for each, found in pairs if found is None),
        )

    @property
    def scope(self) -> OwnScope:
        """Return what an answer says of the list."""
        return OwnScope(self.seen, self.gone)

    def asked(self, command: Usage) -> Usage:
        """Return the question with the customers in place of "my customers".

        The answer has a line for each unless the question says otherwise.
        """
        names = tuple(Name(each.id, id=each.id) for each in self.seen)
        customers = tuple(dict.fromkeys((*command.customers, *names)))
        lines = command.by or ((Dimension.CUSTOMER,) if command.kind is AnswerKind.FIGURES else ())
        return replace(command, customers=customers, mine=False, by=lines)

    def told(self, planned: QueryPlan, named: QueryPlan) -> QueryPlan:
        """Return the plan, with the scope of the plan `named`: what the question names."""
        return replace(planned, scope=named.scope, own=self.scope, corrected=named.corrected)

    def plan(self, command: Usage, named: QueryPlan, names: NameIndex) -> QueryPlan:
        """Return the plan of the question about them.

        `named` is that of the question without them. Each customer is asked for by its id: no name is looked up again.
        Raises LookupError if `command` has no plan.
        """
        others = plan(replace(self.asked(command), customers=()), names)
        if not isinstance(others, QueryPlan):
            raise LookupError("the question has a plan")  # noqa: TRY004 - the caller has made one
        entries = (*(each for each in named.scope if each.dimension is Dimension.CUSTOMER), *self.seen)
        terms = (any_of(dict.fromkeys(map(by_id, entries))), others.query.expression)
        query = replace(others.query, expression=all_of(each for each in terms if each is not None))
        return self.told(replace(others, query=query), named)


async def own_customers(caller: Caller, names: NameIndex, services: UsageServices) -> OwnCustomers:
    """Return the list of the caller as it is now. Raises StoreError."""
    return OwnCustomers.of(await services.memory.followed.of(caller), names)


def none_to_ask(command: Usage, own: OwnCustomers) -> OwnListView | None:
    """Return what leads on from a question about a list without a customer.

    None if there is a customer, or if the question names one.
    """
    if own.seen or command.customers:
        return None
    every = ask_button(replace(command, mine=False, by=command.by or (Dimension.CUSTOMER,)))
    return OwnListView("unseen" if own.gone else "empty", total=len(own.gone), other=another(), every=every)


def another() -> FillButton | None:
    """Return the button that adds the customer whose name the person types."""
    return fill_button(Follow((ANOTHER,)), ANOTHER.text)
