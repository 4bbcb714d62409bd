"""The names of a question by clause."""

from bot.commands.clauses import CLAUSES, ValueKind, names_of, with_names
from bot.commands.command import Clause, Name, Usage

QUESTION = Usage(
    customers=(Name("Contoso", 4),),
    subjects=(Name("Exchange"), Name("Teams")),
    excluded=((Clause.ON, Name("Skype")),),
)


def test_names_of_yields_every_clause_in_the_order_of_the_table() -> None:
    named = list(names_of(QUESTION))
    assert [clause for clause, _ in named] == [each.clause for each in CLAUSES if each.value is ValueKind.NAMES]
    assert [each for each in named if each[1]] == [
        (Clause.FOR, (Name("Contoso"),)),
        (Clause.ON, (Name("Exchange"), Name("Teams"))),
    ]


def test_with_names_changes_the_names_of_one_clause_only() -> None:
    changed = with_names(QUESTION, Clause.ON, lambda names: names[:1])
    assert changed.subjects == (Name("Exchange"),)
    assert changed.customers == QUESTION.customers
    assert changed.excluded == QUESTION.excluded


def test_names_are_equal_when_only_their_positions_differ() -> None:
    assert Name("Contoso", 4) == Name("Contoso")
    assert Name("Contoso", 4) != Name("Fabrikam", 4)
    assert Name("Contoso") != "Contoso"
    assert len({Name("Contoso", 4), Name("Contoso"), Name("Fabrikam")}) == 2
