"""A name with its detail is understood as printed, without a question back."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.licensing import Dimension, Entry
from bot.language.reading.command_of import command_of
from bot.language.reading.reading import ReadingOutcome
from bot.language.reading.sentence_reader import SentenceReader
from bot.language.sentence.command_sentence import sentence_of
from bot.names.name_index import NameIndex
from bot.names.namesakes import CustomerDetails

NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
IDS = [f"5C1E7A90-4B2D-4E3F-9A61-{end * 12}" for end in "123"]
DOMAINS = {each.casefold(): f"parnell{end}.onmicrosoft.com" for end, each in zip("abc", IDS, strict=True)}
SPELLED = ("Parnell Paper SAS", "Parnell Paper SAS ", "P\u200barnell Paper SAS")
NAMES = NameIndex.of(
    [
        *(Entry(Dimension.CUSTOMER, id_, name) for id_, name in zip(IDS, SPELLED, strict=True)),
        Entry(Dimension.WORKLOAD, "EXO", "Exchange"),
    ]
)


@pytest.mark.parametrize("details", [CustomerDetails(), CustomerDetails(DOMAINS)], ids=["id", "domain"])
@pytest.mark.parametrize("number", range(3))
def test_printed_label_is_one_customer(details: CustomerDetails, number: int) -> None:
    names = NAMES.detailed(details)
    entry = names.same(Entry(Dimension.CUSTOMER, IDS[number], ""))
    assert entry is not None
    label = " ".join(entry.label.replace("\u200b", "").split())
    reading = SentenceReader(names.spans, NOW).read(f"usage for {label} on Exchange", "en")
    assert reading.outcome is ReadingOutcome.ANSWER
    command = command_of(reading.meaning)
    assert entry.detail in sentence_of(command)  # type: ignore[arg-type]
