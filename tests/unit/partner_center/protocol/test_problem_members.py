"""Members beside the rows: which of them say that something is wrong."""

import pytest

from bot.partner_center.protocol.problem_members import says_problem


@pytest.mark.parametrize(
    "members",
    [
        {"error": "cut"},
        {"Errors ": [{}]},
        {"@odata.error": {"code": "x"}},
        {"meta": {"errors": {"a": None}}},
        {"list": [{"b": {"c": {"exception": "x"}}}]},
        {"is_partial": True},
        {"Success": False},
    ],
)
def test_a_problem_is_found_wherever_it_is(members):
    assert says_problem(members)


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"error": None, "errors": [], "exception": {}, "Error": "", "odata.error": False},
        {"error": 0, "errors": "0"},
        {"isPartial": False, "success": True, "partial": "no", "success ": 0},
        {"attributes": {"objectType": "Collection"}, "name": "Error Ltd", "values": ["error"]},
        {"a": {"b": {"c": {"d": {"e": {"error": "too deep to be looked for"}}}}}},
    ],
)
def test_other_members_mean_nothing(members):
    assert not says_problem(members)
