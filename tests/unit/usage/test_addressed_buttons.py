"""Marks of the person for whom a card was made."""

import json
from typing import Any

import pytest

from bot.commands.command import (
    ChangeDigest,
    Command,
    DigestAction,
    ForgetMe,
    HandleDigest,
    ListDigests,
    NewDigest,
    SignOut,
    Usage,
    WhoAmI,
)
from bot.commands.effects import changes_state, erases
from bot.domain.conversation import Caller, Conversation, ConversationKind
from bot.usage.addressed_buttons import address, addressee, is_anothers, mark_of
from bot.usage.command_buttons import ask_button, pressed
from cards.draw import draw
from cards.views.answer_views import ConfirmView
from cards.views.button_payload import pack
from cards.wording.locale_words import LocaleWords

ADA = Caller("0112A436-0000-4000-8000-00000000000A", "0112A436-0000-4000-8000-00000000000B", "Ada")
BOB = Caller(ADA.tenant_id, "0112A436-0000-4000-8000-00000000000C", "Bob")
STOP = HandleDigest(DigestAction.STOP, 3)
CHANNEL = Conversation("19:a@thread.tacv2", ConversationKind.CHANNEL, "")
PRIVATE = Conversation("a:1", ConversationKind.PERSONAL, "")


def card(command: Command) -> dict[str, Any]:
    view = ConfirmView("doubt", "stop digest 3", "Ada", ask_button(command, sure=True), "channel")
    drawn: dict[str, Any] = draw(view, LocaleWords.load("en"))
    return drawn


def payloads(drawn: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    json.loads(json.dumps(drawn), object_hook=lambda each: found.append(each["data"]) if "data" in each else each)
    return [each for each in found if each is not None]


def test_every_button_that_changes_something_is_marked_also_its_fallback() -> None:
    drawn = card(STOP)
    address(drawn, ADA)
    marks = [addressee(data) for data in payloads(drawn) if "keep" not in data]
    assert marks
    assert set(marks) == {mark_of(ADA)}


def test_button_that_posts_an_answer_is_marked_and_one_in_place_is_not() -> None:
    drawn = card(Usage())
    address(drawn, ADA)
    assert {addressee(data) for data in payloads(drawn) if "keep" not in data} == {mark_of(ADA)}
    assert {addressee(data) for data in payloads(drawn) if "keep" in data} == {""}, "it changes nothing"
    in_place = {"type": "Action.Execute", "data": {"v": 2, "command": {"verb": "usage"}, "rows": 20, "replace": True}}
    address([in_place], ADA)
    assert "for" not in in_place["data"]


def test_mark_is_one_persons_in_any_spelling_of_the_ids_and_hides_them() -> None:
    assert mark_of(ADA) == mark_of(Caller(ADA.tenant_id.lower(), ADA.object_id.lower(), "Another name"))
    assert mark_of(ADA) != mark_of(BOB)
    assert ADA.object_id.lower() not in mark_of(ADA)


def test_button_is_anothers_only_where_others_read_and_the_mark_differs() -> None:
    assert not is_anothers(mark_of(ADA), ADA, CHANNEL)
    assert is_anothers(mark_of(ADA), BOB, CHANNEL)
    assert is_anothers("", ADA, CHANNEL)
    assert not is_anothers("", ADA, PRIVATE)
    assert not is_anothers("", ADA, None)


@pytest.mark.parametrize("mark", [None, 3, [], {}, "x" * 33, b"x"])
def test_unusual_mark_counts_as_none(mark: object) -> None:
    data = pack(ask_button(STOP)) | {"for": mark}
    button = pressed(data)
    assert button is not None
    assert button.made_for == ""


def test_sure_is_read_from_a_payload_and_must_be_a_boolean() -> None:
    assert [
        each and each.sure for each in map(pressed, (pack(ask_button(STOP)), pack(ask_button(STOP, sure=True))))
    ] == [
        False,
        True,
    ]
    assert pressed(pack(ask_button(STOP)) | {"sure": 1}) is None


@pytest.mark.parametrize(
    ("command", "changes", "deletes"),
    [
        (STOP, True, True),
        (HandleDigest(DigestAction.PAUSE, 3), True, False),
        (HandleDigest(DigestAction.OPEN, 3), False, False),
        (HandleDigest(DigestAction.STOP, every=True), False, True),
        (ChangeDigest(3), False, False),
        (NewDigest(Usage()), False, False),
        (ListDigests(), False, False),
        (WhoAmI(), False, False),
        (SignOut(), True, False),
        (ForgetMe(), True, True),
    ],
)
def test_commands_that_change_something_are_known(command: Command, changes: bool, deletes: bool) -> None:
    assert (changes_state(command), erases(command)) == (changes, deletes)
