"""Time zones by the city that people type."""

import pytest

from bot.domain.zone_names import city_of, zone_named


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Amsterdam", "Europe/Amsterdam"),
        ("europe/amsterdam", "Europe/Amsterdam"),
        ("  Amsterdam ", "Europe/Amsterdam"),
        ("new york", "America/New_York"),
        ("New-York", "America/New_York"),
        ("São Paulo", "America/Sao_Paulo"),
        ("buenos aires", "America/Buenos_Aires"),
        ("utc", "UTC"),
    ],
)
def test_city_or_name_in_any_spelling_names_a_zone(typed: str, zone: str) -> None:
    assert zone_named(typed) == zone


@pytest.mark.parametrize("typed", ["", " ", "Atlantis", "Europe", "../etc/passwd", "posix", "localtime", "Factory"])
def test_what_is_no_city_names_no_zone(typed: str) -> None:
    assert zone_named(typed) is None


def test_city_is_the_last_part_of_the_name() -> None:
    assert [city_of(each) for each in ("America/New_York", "UTC")] == ["New York", "UTC"]
