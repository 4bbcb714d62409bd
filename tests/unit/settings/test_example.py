"""Test that the example file names every setting, and nothing else."""

from dataclasses import fields
from pathlib import Path

from bot.settings import Settings, read

EXAMPLE = Path(__file__).parents[3] / ".env.example"


def test_the_example_file_lists_every_setting_with_its_default():
    lines = [line for line in EXAMPLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    given = dict(line.split("=", 1) for line in lines)
    assert {name.removeprefix("USAGEBOT_").lower() for name in given} == {field.name for field in fields(Settings)}
    assert read(given) == Settings()
