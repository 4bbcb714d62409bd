"""A stored question means the same thing after a customer was renamed."""

import pytest

from bot.commands.command import Clause, Name, Usage
from bot.commands.command_document import read, write
from bot.domain.licensing import Dimension, Entry
from bot.language.sentence.command_sentence import sentence_of
from bot.names.name_index import NameIndex
from bot.usage.query_plan import QueryPlan, Unresolved, plan
from bot.usage.stable_names import readable_question, with_stable_names

CONTOSO = Entry(Dimension.CUSTOMER, "0112A436-B14E-4888-967B-CA4BB2CF1234", "Contoso")
NAMESAKE = Entry(Dimension.CUSTOMER, "9112A436-B14E-4888-967B-CA4BB2CF1234", "Contoso")
RENAMED = Entry(Dimension.CUSTOMER, CONTOSO.id, "Fabrikam")
EXCHANGE = Entry(Dimension.WORKLOAD, "EXO", "Exchange")
NAMES = NameIndex.of([CONTOSO, EXCHANGE])
QUESTION = Usage(customers=(Name("conto", at=10),), subjects=(Name("exo"),))


def scope(question: Usage, names: NameIndex) -> tuple[Entry, ...]:
    planned = plan(question, names)
    assert isinstance(planned, QueryPlan)
    return planned.scope


def test_names_are_stored_in_full_and_customers_with_their_id() -> None:
    stable = with_stable_names(QUESTION, NAMES)
    assert stable == Usage(customers=(Name("Contoso", id=CONTOSO.id),), subjects=(Name("Exchange"),))
    assert sentence_of(stable) == "usage for Contoso on Exchange"


def test_question_means_the_same_customer_when_it_was_renamed() -> None:
    stored = read(write(with_stable_names(QUESTION, NAMES)))
    assert isinstance(stored, Usage)
    assert scope(stored, NameIndex.of([RENAMED, EXCHANGE])) == (RENAMED, EXCHANGE)


def test_question_means_the_same_customer_when_another_got_its_name() -> None:
    stored = with_stable_names(QUESTION, NAMES)
    assert scope(stored, NameIndex.of([NAMESAKE, RENAMED, EXCHANGE])) == (RENAMED, EXCHANGE)


def test_name_is_looked_up_when_its_id_is_gone() -> None:
    stored = with_stable_names(QUESTION, NAMES)
    assert scope(stored, NameIndex.of([NAMESAKE, EXCHANGE])) == (NAMESAKE, EXCHANGE)
    assert isinstance(plan(stored, NameIndex.of([EXCHANGE])), Unresolved)


@pytest.mark.parametrize("typed", [NAMESAKE.id.lower(), "Contoso (9112A436…)"])
def test_name_of_several_is_stored_with_what_distinguishes_it(typed: str) -> None:
    names = NameIndex.of([CONTOSO, NAMESAKE, EXCHANGE])
    stable = with_stable_names(Usage(customers=(Name(typed),)), names)
    assert stable == Usage(customers=(Name("Contoso (9112…)", id=NAMESAKE.id),))
    assert scope(stable, names) == (NAMESAKE,)
    assert "9112A436-B14E" not in sentence_of(stable)


def test_reader_sees_the_name_of_an_id() -> None:
    names = NameIndex.of([CONTOSO, NAMESAKE, EXCHANGE])
    question = Usage(
        customers=(Name(NAMESAKE.id),), subjects=(Name("exo"),), excluded=((Clause.FOR, Name(CONTOSO.id)),)
    )
    planned = plan(question, names)
    assert isinstance(planned, QueryPlan)
    shown = readable_question(question, (*planned.scope, *planned.excluded))
    assert [name.text for name in shown.customers] == [planned.scope[0].label]
    assert CONTOSO.id not in sentence_of(shown)
    assert plan(shown, names) == planned


def test_name_that_no_document_can_hold_is_stored_as_its_id() -> None:
    hostile = Entry(Dimension.CUSTOMER, CONTOSO.id, "Con\x00toso")
    stable = with_stable_names(Usage(customers=(Name(CONTOSO.id[:-1] + "4"),)), NameIndex.of([hostile]))
    assert stable.customers == (Name(CONTOSO.id, id=CONTOSO.id),)
    assert read(write(stable)) == stable
