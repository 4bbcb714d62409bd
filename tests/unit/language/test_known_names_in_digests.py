"""A name in the directory takes precedence over the words of a schedule."""

from datetime import date, time

import pytest

from bot.commands.command import Command, NewDigest, Usage
from bot.domain.licensing import Dimension, Entry
from bot.domain.recurrence import EVERY_DAY, Schedule, Weekly
from bot.language.sentence.command_sentence import sentence_of
from bot.names.name_index import NameIndex
from cards.views.answer_views import View
from tests.typed_sentences import parse

CUSTOMERS = (
    "Every Day Ltd",
    "Digest Media",
    "Monday Software",
    "Daily",
    "Weekly on Friday BV",
    "At 9 Club",
    "Stop Digest 3",
)
NAMES = NameIndex.of(
    [
        *(Entry(Dimension.CUSTOMER, f"{n:08X}-B14E-4888-967B-CA4BB2CF1234", name) for n, name in enumerate(CUSTOMERS)),
        Entry(Dimension.WORKLOAD, "EXO", "Exchange"),
    ]
)


def read(text: str) -> Command | View:
    return parse(text, today=date(2018, 10, 24), names=NAMES)


@pytest.mark.parametrize("name", CUSTOMERS)
@pytest.mark.parametrize(
    "form", ["usage for {}", "usage for {} on Exchange", "usage on Exchange for {}", "usage {} on Exchange"]
)
def test_sentence_asks_for_usage_when_customer_has_name_like_schedule(name: str, form: str) -> None:
    command = read(form.format(name))
    assert isinstance(command, Usage)
    assert [each.text for each in command.customers] == [name]


@pytest.mark.parametrize("name", CUSTOMERS)
@pytest.mark.parametrize(
    "form",
    [
        "digest every day at 8 usage for {} on Exchange",
        "usage for {} on Exchange every day at 8",
        "usage for {} every day at 8 on Exchange",
        "every day at 8 usage on Exchange for {}",
    ],
)
def test_digest_has_schedule_when_customer_has_name_like_schedule(name: str, form: str) -> None:
    command = read(form.format(name))
    assert isinstance(command, NewDigest)
    assert [each.text for each in command.question.customers] == [name]
    assert command.schedule == Schedule(Weekly(EVERY_DAY), time(8))
    assert read(sentence_of(command)) == command


@pytest.mark.parametrize("typed", ["Digest Media", "Every Day Ltd", "digest media on exchange", "Daily on Exchange"])
def test_known_name_alone_is_a_usage_question(typed: str) -> None:
    assert isinstance(read(typed), Usage)
