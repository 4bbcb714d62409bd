"""Tests of when a fault happens."""

import random

from bot.simulator.partner_center.faults.fault_types import Fail, Faults, NoBom, RequireMfa, Throttle


def test_fault_happens_its_number_of_times_after_its_delay() -> None:
    faults = Faults(NoBom(times=2, after=1))
    assert [len(faults.due()) for _ in range(5)] == [0, 1, 1, 0, 0]
    assert list(faults) == []


def test_fault_without_a_number_of_times_stays() -> None:
    faults = Faults(RequireMfa(times=None))
    assert [len(faults.due()) for _ in range(4)] == [1, 1, 1, 1]
    faults.clear()
    assert faults.due() == []


def test_answers_that_replace_the_report_come_one_after_the_other() -> None:
    throttle, fail = Throttle(times=2), Fail()
    faults = Faults(throttle, fail)
    assert [faults.due() for _ in range(4)] == [[throttle], [throttle], [fail], []]


def test_chance_decides_repeatably_when_a_probability_is_given() -> None:
    def happened(seed: int) -> list[int]:
        faults = Faults(Fail(times=None, probability=0.3), chance=random.Random(seed))
        return [len(faults.due()) for _ in range(200)]

    assert happened(1) == happened(1)
    assert 20 < sum(happened(1)) < 100
