"""Which hosts are this machine: tokens may go there without TLS."""

import pytest

from bot.domain.loopback import is_loopback


@pytest.mark.parametrize(
    ("host", "here"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True), ("LOCALHOST", True),
     ("0.0.0.0", False), ("10.0.0.1", False), ("localhost.evil.example", False), ("", False), ("127.1", False),
     ("partner.localhost", False)],
)  # fmt: skip
def test_host_is_loopback_when_it_is_a_name_of_this_machine(host: str, here: bool) -> None:
    assert is_loopback(host) is here
