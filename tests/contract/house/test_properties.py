"""The settings of the property tests are the same in every folder."""

import os

from hypothesis import HealthCheck, settings


def test_examples_of_a_property_are_the_same_in_each_run_unless_counted() -> None:
    counted = os.environ.get("USAGEBOT_TESTS_EXAMPLES")
    assert settings().derandomize is (not counted)


def test_property_is_not_false_because_a_machine_is_slow() -> None:
    assert settings().deadline is None
    assert HealthCheck.too_slow in settings().suppress_health_check
