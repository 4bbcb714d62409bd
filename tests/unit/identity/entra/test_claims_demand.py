"""When another sign-in cannot help."""

import pytest

from bot.identity.entra.claims_demand import RECENTLY, SECOND_FACTOR, met_in_vain


def since(moment: int) -> str:
    return f'{{"access_token":{{"nbf":{{"essential":true,"value":"{moment}"}}}}}}'


def context(name: str) -> str:
    return f'{{"access_token":{{"acrs":{{"essential":true,"value":"{name}"}}}}}}'


@pytest.mark.parametrize("seconds", [0.0, 10 * RECENTLY])
def test_second_factor_does_not_come_with_a_second_sign_in(seconds: float) -> None:
    assert met_in_vain(None, SECOND_FACTOR, seconds)
    assert not met_in_vain(None, context("c1"), seconds)


def test_the_same_demand_is_in_vain_only_right_after_the_sign_in() -> None:
    assert met_in_vain(context("c1"), context("c1"), RECENTLY - 1)
    assert not met_in_vain(context("c1"), context("c1"), RECENTLY)


@pytest.mark.parametrize("wanted", [None, context("c1"), ""])
def test_a_sign_in_that_was_asked_for_nothing_can_be_helped(wanted: str | None) -> None:
    assert not met_in_vain(wanted, "", 0.0)


@pytest.mark.parametrize("wanted", [since(1), context("c1"), context("c10")])
def test_a_request_for_other_claims_may_help(wanted: str) -> None:
    assert not met_in_vain(wanted, SECOND_FACTOR, 0.0)
    assert not met_in_vain(wanted, context("c2"), 0.0)


def test_a_later_moment_is_the_same_demand_only_for_a_while() -> None:
    assert met_in_vain(since(2), since(1), RECENTLY - 1)
    assert not met_in_vain(since(2), since(1), RECENTLY)


@pytest.mark.parametrize("wanted", ["", "no JSON", "[]", "{}", '{"access_token":7}', "[" * 5_000])
def test_what_is_no_claims_request_is_like_no_other(wanted: str) -> None:
    assert not met_in_vain(wanted, SECOND_FACTOR, 0.0)
    assert met_in_vain(wanted, wanted, 0.0) is bool(wanted)
