"""Tests of filling the blanks of declared files."""

import pytest

from bot.errors import PackageError
from bot.package.placeholders import fill


def test_blanks_are_filled_at_any_depth_and_nothing_else_changes():
    declared = {
        "{app_id}": ["api://botid-{app_id}", {"a": "{host}{host}", "b": 2, "c": None, "d": True, "e": "{ x } {}"}]
    }
    assert fill(declared, {"app_id": "1", "host": "h"}) == {
        "{app_id}": ["api://botid-1", {"a": "hh", "b": 2, "c": None, "d": True, "e": "{ x } {}"}]
    }


def test_a_value_is_not_filled_again():
    assert fill("{host}", {"host": "{app_id}", "app_id": "1"}) == "{app_id}"


def test_error_names_the_blank_when_it_has_no_value():
    with pytest.raises(PackageError, match=r"\{hots\}"):
        fill(["{hots}"], {"host": "h"})
