"""Tests that npm's output becomes one line that a person can act on."""

import pytest

from bot.demo.npm_failure import reason


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (["npm error code ENOTFOUND", "npm error syscall getaddrinfo"], "no network"),
        (["npm ERR! code ECONNREFUSED", "npm ERR! errno ECONNREFUSED"], "refused the connection"),
        (["npm error code E404"], "does not have it"),
        (["npm error code EWEIRD"], "npm failed with EWEIRD"),
        (["Listening on 5", "", "Reason: ConfigFileParseError bad"], "it ended by itself: Reason: ConfigFileParse"),
        ([], "printed nothing"),
    ],
)
def test_reason_is_one_line(printed: list[str], expected: str) -> None:
    assert expected in reason(printed)
    assert "\n" not in reason(printed)


def test_a_very_long_last_line_is_cut() -> None:
    assert len(reason(["x" * 5_000])) < 200
