"""The rows of the verbs that the table makes by rule, written out."""

import pytest

from bot.commands import command as commands
from bot.commands.command import Command, DigestAction
from bot.commands.verb_spec import VerbArgument, VerbExample, VerbNeeds, VerbSpec
from bot.commands.verbs import VERBS, verb_of
from bot.domain.licensing import Dimension

BY_NAME = {each.name: each for each in VERBS}


@pytest.mark.parametrize("action", list(DigestAction))
def test_a_verb_for_one_digest_takes_its_number(action: DigestAction) -> None:
    name = action.value
    example = VerbExample(f"{name} digest 3", f"help.example.digest_{name}", offered=False)
    assert BY_NAME[name] == VerbSpec(
        name=name,
        command=commands.HandleDigest,
        role=name,
        forms=f"{name} digest NUMBER",
        examples=(example,),
        menu=False,
        needs=VerbNeeds.NOTHING,
        changes=True,
        argument=VerbArgument.NUMBER,
        topic="digests",
    )
    assert BY_NAME[name].menu is False
    assert example.offered is False


@pytest.mark.parametrize(
    ("name", "words", "command", "menu", "changes"),
    [
        ("sign_in", "sign in", commands.SignIn, True, False),
        ("sign_out", "sign out", commands.SignOut, True, True),
        ("who_am_i", "who am i", commands.WhoAmI, True, False),
        ("forget_me", "forget me", commands.ForgetMe, False, True),
    ],
)
def test_a_verb_of_the_account_stands_alone(
    name: str, words: str, command: type[Command], menu: bool, changes: bool
) -> None:
    assert BY_NAME[name] == VerbSpec(
        name=name,
        command=command,
        role=name,
        forms=words,
        examples=(VerbExample(words, f"help.example.{name}"),),
        menu=menu,
        needs=VerbNeeds.NOTHING,
        changes=changes,
        argument=VerbArgument.NOTHING,
    )


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (commands.Usage(), "usage"),
        (commands.NewDigest(commands.Usage()), "digest"),
        (commands.ChangeDigest(3), "change"),
        (commands.HandleDigest(DigestAction.PAUSE, 3), "pause"),
        (commands.Customers("fabr"), "customers"),
    ],
)
def test_verb_of_returns_the_first_verb_that_makes_the_command(command: Command, name: str) -> None:
    assert verb_of(command) is BY_NAME[name]


def test_made_passes_all_arguments_to_the_command() -> None:
    assert BY_NAME["customers"].made("fabr") == commands.Customers("fabr")
    assert BY_NAME["run"].made(DigestAction.RUN, 3) == commands.HandleDigest(DigestAction.RUN, 3)


def test_a_verb_begins_with_its_role_and_its_variants() -> None:
    assert BY_NAME["language"].roles == ("language",)
    assert BY_NAME["top"].roles == ("top", "bottom")
    assert BY_NAME["workloads"].roles == ("workloads",)
    assert BY_NAME["workloads"].lists is Dimension.WORKLOAD


def test_the_examples_of_a_verb_are_in_its_own_topic_by_default() -> None:
    assert BY_NAME["usage"].help_topic == "usage"
    assert BY_NAME["pause"].help_topic == "digests"
