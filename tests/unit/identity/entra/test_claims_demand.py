"""When another sign-in cannot help."""

import pytest

from bot.identity.entra.claims_demand import RECENTLY, SECOND_FACTOR, met_in_vain


def since(moment: int) -> str:
    return f'{{"access_token":{{"nbf":{{"essential":true,"value":"{moment}"}}}}}}'


def test_the_same_request_does_not_help_twice() -> None:
    assert met_in_vain(SECOND_FACTOR, SECOND_FACTOR, 10 * RECENTLY)


def test_a_sign_in_that_was_asked_for_nothing_can_be_helped() -> None:
    assert not met_in_vain(SECOND_FACTOR, "", 0.0)


def test_a_request_for_other_claims_may_help() -> None:
    assert not met_in_vain(SECOND_FACTOR, since(1), 0.0)


def test_other_values_of_the_same_claims_may_help_later() -> None:
    assert met_in_vain(since(2), since(1), RECENTLY - 1)
    assert not met_in_vain(since(2), since(1), RECENTLY)


@pytest.mark.parametrize("wanted", ["", "no JSON", "[]", "{}", '{"access_token":7}', "[" * 5_000])
def test_what_is_no_claims_request_is_like_no_other(wanted: str) -> None:
    assert not met_in_vain(wanted, SECOND_FACTOR, 0.0)
    assert met_in_vain(wanted, wanted, 0.0) is bool(wanted)
