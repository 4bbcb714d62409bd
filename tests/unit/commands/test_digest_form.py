"""What is chosen on the form of a digest, as a command."""

from datetime import date, time

import pytest

from bot.commands.command import ChangeDigest, DigestAction, HandleDigest, ListDigests, NewDigest, Usage
from bot.commands.digest_form import DAYS, filled, inputs_of
from bot.commands.run_condition import ALWAYS, RunCondition
from bot.domain.compared_days import Comparison, Movement
from bot.domain.recurrence import LAST_DAY, Monthly, Schedule, Weekly
from cards.views.form_payload import DigestInputs

NEW, CHANGE, PAUSE = NewDigest(Usage()), ChangeDigest(3), HandleDigest(DigestAction.PAUSE, 3)
CONDITIONS = (
    ALWAYS,
    RunCondition(changed=True),
    RunCondition(below=0.125),
    RunCondition(drops_below=0.3),
    RunCondition(unused_above=0),
)


def inputs(**given: str) -> DigestInputs:
    return DigestInputs(**({"when": "last", "at": "8:30", "quiet": "always"} | given))


def test_form_becomes_a_digest() -> None:
    made, mistakes = filled(NEW, inputs(quiet="changed", where="private", zone="são paulo"))
    schedule = Schedule(Monthly(LAST_DAY), time(8, 30), "America/Sao_Paulo")
    assert (made, mistakes) == (NewDigest(Usage(), schedule, RunCondition(changed=True), private=True), ())


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("days", list(DAYS))
def test_form_as_it_is_set_changes_nothing(days: str, condition: RunCondition) -> None:
    schedule = Schedule(DAYS[days], time(17), "Asia/Tokyo")
    made, mistakes = filled(CHANGE, inputs_of(schedule, condition, "Asia/Tokyo"))
    assert (made, mistakes) == (ChangeDigest(3, schedule, only=condition), ())


def test_days_that_the_form_does_not_offer_stay() -> None:
    held = inputs_of(Schedule(Weekly(frozenset({0, 3})), time(9), "UTC"), ALWAYS, "UTC")
    assert held.when == "kept"
    assert filled(CHANGE, held) == (ChangeDigest(3, at=time(9), only=ALWAYS, zone="UTC"), ())


def test_zone_alone_changes_nothing_else() -> None:
    assert filled(CHANGE, DigestInputs(zone="Budapest")) == (ChangeDigest(3, zone="Europe/Budapest"), ())
    assert filled(CHANGE, DigestInputs(zone="")) == (CHANGE, ("zone",))


@pytest.mark.parametrize(
    ("given", "mistake"),
    [
        ({"when": "sometimes"}, "when"),
        ({"when": ""}, "when"),
        ({"at": ""}, "at"),
        ({"at": "25:00"}, "at"),
        ({"at": "9"}, "at"),
        ({"zone": "Atlantis"}, "zone"),
        ({"quiet": "below", "amount": ""}, "below"),
        ({"quiet": "below", "amount": "0"}, "below"),
        ({"quiet": "below", "amount": "101"}, "below"),
        ({"quiet": "below", "amount": "-5"}, "below"),
        ({"quiet": "dropped", "amount": "101"}, "below"),
        ({"quiet": "unused", "amount": "1.5"}, "unused"),
        ({"quiet": "unused", "amount": "20 %"}, "unused"),
        ({"quiet": "unused", "amount": "1" * 30}, "unused"),
    ],
)
def test_mistake_is_named_and_nothing_is_set_up(given: dict[str, str], mistake: str) -> None:
    assert filled(NEW, inputs(**given)) == (NEW, (mistake,))


@pytest.mark.parametrize(("typed", "share"), [("50", 0.5), ("50%", 0.5), ("12,5", 0.125), ("12.5 %", 0.125)])
def test_percentages_are_read_as_people_write_them(typed: str, share: float) -> None:
    made, _ = filled(NEW, inputs(quiet="below", amount=typed))
    assert isinstance(made, NewDigest)
    assert made.only == RunCondition(below=share)


def test_pause_has_an_end_if_a_day_is_chosen() -> None:
    assert filled(PAUSE, DigestInputs()) == (PAUSE, ())
    until = HandleDigest(DigestAction.PAUSE, 3, until=date(2027, 1, 11))
    assert filled(PAUSE, DigestInputs(until="2027-01-11")) == (until, ())
    assert filled(PAUSE, DigestInputs(until="2027-01-11T00:00:00Z")) == (until, ())
    for typed in ("2027-02-30", "2027-01-11 or later", "2027-01-112027-01-12"):
        assert filled(PAUSE, DigestInputs(until=typed)) == (CHANGE, ("until",))


def test_day_to_pause_until_is_not_left_out_when_the_rest_is_saved() -> None:
    assert filled(CHANGE, inputs(until="2027-01-11")) == (CHANGE, ("pause",))
    assert filled(CHANGE, inputs(until="", at="25:00"))[1] == ("at",)


def test_chosen_day_is_that_of_the_question_or_that_of_the_comparison() -> None:
    day = DigestInputs(until="2018-10-01")
    assert filled(Usage(), day) == (Usage(as_of=date(2018, 10, 1)), ())
    compared = Usage(versus=Comparison(days=30, only=Movement.DROPPED))
    assert filled(compared, day) == (Usage(versus=Comparison(date(2018, 10, 1), only=Movement.DROPPED)), ())
    for typed in ("", "some day"):
        assert filled(compared, DigestInputs(until=typed)) == (compared, ())


def test_other_commands_take_no_form() -> None:
    stop = HandleDigest(DigestAction.STOP, 3)
    assert filled(stop, inputs()) == (stop, ())
    assert filled(ListDigests(), inputs()) == (ListDigests(), ())
