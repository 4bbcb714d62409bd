"""Tests that a taken port is detected before anything is started on it."""

import socket
from collections.abc import Iterator

import pytest

from bot.demo.free_ports import free_port, is_free, require_free, reserve, reserve_usual
from bot.errors import AddressInUseError


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_another_port_is_found_when_the_usual_one_is_taken(taken: int) -> None:
    found = free_port(taken)
    assert found != taken
    assert is_free(found)


def test_reserved_port_is_not_returned_again(taken: int) -> None:
    promised = free_port(taken)
    assert free_port(promised, [promised]) not in {promised, taken}


def test_requested_port_is_never_replaced(taken: int) -> None:
    with pytest.raises(AddressInUseError, match=str(taken)):
        require_free(taken)


def test_a_port_taken_on_all_addresses_is_not_free() -> None:
    with socket.socket() as server:
        server.bind(("0.0.0.0", 0))
        server.listen()
        assert not is_free(server.getsockname()[1])


def test_reserved_port_accepts_clients_when_no_server_reads_yet() -> None:
    with reserve(free_port(1)) as reserved, socket.create_connection(reserved.getsockname()):
        assert not is_free(reserved.getsockname()[1])


def test_reservation_is_refused_when_another_program_was_faster(taken: int) -> None:
    with pytest.raises(AddressInUseError, match=str(taken)):
        reserve(taken)


def test_usual_ports_differ_when_many_programs_start_at_once(taken: int) -> None:
    reserved = [reserve_usual(taken) for _ in range(20)]
    assert len({taken, *(each.getsockname()[1] for each in reserved)}) == 21
    for each in reserved:
        each.close()
