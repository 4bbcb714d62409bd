"""The table of the names that people use for workloads."""

import pytest

from bot.names.workload_aliases import WORKLOADS, meanings, workload_code


@pytest.mark.parametrize(
    ("typed", "code"), [("EXO", "EXO"), ("exchange  ONLINE", "EXO"), ("spo", "SPO"), ("Skype for Business", "SFB")]
)
def test_documented_workload_has_its_code(typed: str, code: str) -> None:
    assert workload_code(typed) == code


@pytest.mark.parametrize("typed", ["Teams", "lamps", ""])
def test_code_that_is_a_guess_is_not_told(typed: str) -> None:
    assert workload_code(typed) is None


def test_three_codes_are_documented() -> None:
    assert {each.code for each in WORKLOADS if each.documented} == {"EXO", "SPO", "SFB"}


def test_onedrive_is_counted_with_sharepoint() -> None:
    assert [each.code for each in meanings("OneDrive")][1:] == ["SPO"]
