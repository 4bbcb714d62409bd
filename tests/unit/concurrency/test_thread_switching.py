"""A thread that calculates gives way to the event loop soon."""

import sys

import pytest

from bot.concurrency.thread_switching import SECONDS, prefer_the_event_loop


def test_thread_gives_way_after_a_millisecond() -> None:
    before = sys.getswitchinterval()
    try:
        prefer_the_event_loop()
        assert sys.getswitchinterval() == pytest.approx(SECONDS)
    finally:
        sys.setswitchinterval(before)
