"""When a fault happens."""

import random

from bot.simulator.partner_center.faults.fault_types import Fail, Faults, NoBom, RequireMfa, Throttle


def test_a_fault_happens_as_often_as_it_says_and_after_as_many_as_it_says() -> None:
    faults = Faults(NoBom(times=2, after=1))
    assert [len(faults.due()) for _ in range(5)] == [0, 1, 1, 0, 0]
    assert list(faults) == []


def test_a_fault_for_ever_stays() -> None:
    faults = Faults(RequireMfa(times=None))
    assert [len(faults.due()) for _ in range(4)] == [1, 1, 1, 1]
    faults.clear()
    assert faults.due() == []


def test_answers_in_the_reports_place_come_one_after_the_other() -> None:
    throttle, fail = Throttle(times=2), Fail()
    faults = Faults(throttle, fail)
    assert [faults.due() for _ in range(4)] == [[throttle], [throttle], [fail], []]


def test_chance_decides_repeatably_where_a_probability_is_given() -> None:
    def happened(seed: int) -> list[int]:
        faults = Faults(Fail(times=None, probability=0.3), chance=random.Random(seed))
        return [len(faults.due()) for _ in range(200)]

    assert happened(1) == happened(1)
    assert 20 < sum(happened(1)) < 100
