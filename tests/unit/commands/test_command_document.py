"""Commands as JSON documents: every version that was ever written is read, and what is none is refused."""

import json
import re
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from bot.commands import command_document as documents
from bot.commands.answer_kind import AnswerKind, TrendMeasure, TrendStep
from bot.commands.command import (
    ChangeDigest,
    Clause,
    Command,
    Follow,
    HandleDigest,
    Ignore,
    IgnoredList,
    Name,
    NewDigest,
    ShowAgain,
    Unfollow,
    Usage,
)
from bot.commands.command_document import BYTES_LIMIT, DocumentFlaw, Unreadable, read, read_object, write, write_object
from bot.commands.documents.document_values import NAMES_LIMIT, TEXT_LIMIT
from bot.commands.run_condition import ALERT, ALWAYS, RunCondition
from bot.domain.figures import LicenseMeasure
from bot.domain.licensing import Dimension, Field
from bot.domain.recurrence import Schedule, Weekly
from bot.domain.subscriptions import Renewing
from bot.language.reading.sentence_reader import SentenceReader
from bot.names.offline_names import OFFLINE_SPANS
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.expression import Eq
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.usage.offline_sentence import printed_command
from bot.usage.sentence_result import result_of

GOLDEN = sorted((Path(__file__).parent / "golden").glob("v*/*.json"))
CURRENT = [path for path in GOLDEN if path.parent.name == f"v{documents.CURRENT}"]
NOW = datetime(2018, 10, 24, 10, tzinfo=UTC)
READER = SentenceReader(OFFLINE_SPANS, NOW)
# What no sentence asks: no row of Exchange is of Skype, and conditions of a digest are chosen on a card.
COMMANDS = {
    "usage_every_clause": Usage(
        (Name("Contoso"),),
        (Name("Exchange"),),
        (Name("E3"),),
        (Name("reseller"),),
        ((Clause.ON, Name("Skype")),),
        (Dimension.PRODUCT,),
        ShareRange(high=0.5, high_included=False),
        order=TopBottom(5),
        as_of=date(2018, 10, 14),
        expression=Eq(Field.CHANNEL, "Reseller"),
    ),
    "usage_renewals": Usage((Name("Contoso"),), kind=AnswerKind.RENEWALS, ahead=60, renewing=Renewing.OFF),
    "follow": Follow((Name("Contoso"),)),
    "unfollow": Unfollow((Name("Contoso"),)),
    "ignore": Ignore((Name("Contoso"),), trials=True, digests=True),
    "show_again": ShowAgain((Name("Contoso"),)),
    "show_again_trials": ShowAgain(trials=True),
    "ignored_list": IgnoredList(),
    "usage_trend_unused": Usage(kind=AnswerKind.TREND, measure=TrendMeasure.UNUSED),
    "usage_trend": Usage(subjects=(Name("Exchange"),), kind=AnswerKind.TREND, step=TrendStep.MONTH),
    "new_digest_only_changed": NewDigest(
        Usage(subjects=(Name("Exchange"),)), Schedule(Weekly(frozenset({0})), time(9)), RunCondition(changed=True)
    ),
    "new_digest_alert": NewDigest(
        Usage(subjects=(Name("Exchange"),), by=(Dimension.CUSTOMER,), limit=ShareRange(high=0.5, high_included=False)),
        Schedule(Weekly(frozenset({0})), time(9)),
        ALERT,
    ),
    "change_digest_only_below": ChangeDigest(3, only=RunCondition(below=0.5)),
    "change_digest_only_unused": ChangeDigest(3, only=RunCondition(unused_above=20)),
    "change_digest_only_dropped": ChangeDigest(3, only=RunCondition(drops_below=0.5)),
    "new_digest_private": NewDigest(Usage(subjects=(Name("Exchange"),)), private=True),
    "change_digest_zone": ChangeDigest(3, zone="Europe/Amsterdam"),
    "change_digest_only_always": ChangeDigest(3, only=ALWAYS),
}
USAGE = {"v": 1, "verb": "usage"}
CHANGE = {"v": 1, "verb": "change_digest", "number": 3}
STOP = {"v": 1, "verb": "handle_digest", "act": "stop", "number": 3}


def golden(path: Path) -> tuple[Command, dict[str, Any]]:
    """A document as it was written, and the command that a sentence says it is."""
    kept = json.loads(path.read_text("utf-8"))
    if path.stem in COMMANDS:
        return COMMANDS[path.stem], kept["document"]
    # `says` is a sentence as it is printed, `asks` as it is typed.
    command = printed_command(kept["says"], NOW) if "says" in kept else result_of(READER.read(kept["asks"]), "")
    assert isinstance(command, Command)
    return command, kept["document"]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_document_is_the_command_that_its_sentence_says(path: Path) -> None:
    command, document = golden(path)
    assert read_object(document) == command
    assert read(json.dumps(document)) == command


@pytest.mark.parametrize("path", CURRENT, ids=lambda path: path.stem)
def test_command_is_written_as_its_golden_document(path: Path) -> None:
    command, document = golden(path)
    assert write_object(command) == document
    assert json.loads(write(command)) == document


def test_golden_documents_have_every_verb_and_every_key() -> None:
    found = [golden(path)[1] for path in CURRENT]
    shapes = documents.schema()["$defs"]
    for verb, reference in documents.schema()["discriminator"]["mapping"].items():
        keys = {key for document in found if document["verb"] == verb for key in document}
        assert keys == set(shapes[reference.rpartition("/")[2]]["properties"]), verb


@pytest.mark.parametrize(
    "amounts",
    [
        [{"measure": "unused"}],
        [{"measure": "unused", "atLeast": 5, "atMost": 4}],
        [{"measure": "unused", "atLeast": 5}, {"measure": "unused", "atMost": 9}],
        [{"measure": "share", "atLeast": 5}],
        [{"measure": "unused", "atLeast": -1}],
        [{"measure": "unused", "atLeast": 1.5}],
    ],
)
def test_numbers_of_licenses_that_no_sentence_says_are_refused(amounts: list[dict[str, Any]]) -> None:
    assert read_object(USAGE | {"amounts": amounts}) == Unreadable(DocumentFlaw.INVALID)


def test_numbers_of_licenses_and_the_measure_of_an_order_are_written() -> None:
    command = Usage(
        amounts=(AmountRange(LicenseMeasure.UNUSED, 10, 50), AmountRange(LicenseMeasure.ACTIVE, high=5)),
        order=TopBottom(7, lowest=True, measure=LicenseMeasure.BEYOND),
    )
    document = USAGE | {
        "amounts": [{"measure": "unused", "atLeast": 10, "atMost": 50}, {"measure": "active", "atMost": 5}],
        "order": {"bottom": 7, "measure": "beyond"},
    }
    assert write_object(command) == document
    assert read_object(document) == command


def test_names_keep_their_ids() -> None:
    command = Usage(customers=(Name("TEST COMPANY", id="0112A436"),), excluded=((Clause.ON, Name("Skype", id="SFB")),))
    document = USAGE | {
        "for": [{"name": "TEST COMPANY", "id": "0112A436"}],
        "not": [{"name": "Skype", "id": "SFB", "clause": "on"}],
    }
    assert write_object(command) == document
    assert read_object(document) == command
    assert read_object(document) != Usage(customers=(Name("TEST COMPANY"),), excluded=((Clause.ON, Name("Skype")),))


def test_names_of_unequal_ids_are_unequal() -> None:
    assert len({Name("Contoso"), Name("Contoso", at=3), Name("Contoso", id="1"), Name("Contoso", id="2")}) == 3


def test_text_that_json_cannot_carry_is_replaced_when_it_is_written() -> None:
    written = write(Usage(customers=(Name("a\x00b\ud800"),)))
    assert read(written) == Usage(customers=(Name("a\ufffdb\ufffd"),))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", DocumentFlaw.NOT_JSON),
        ("usage on Exchange", DocumentFlaw.NOT_JSON),
        ('{"v": 1, "verb": "usage"', DocumentFlaw.NOT_JSON),
        ('{"v": 1, "verb": "usage"} x', DocumentFlaw.NOT_JSON),
        ('{"v": 1, "verb": "usage", "share": {"below": NaN}}', DocumentFlaw.NOT_JSON),
        ('{"v": 1, "verb": "usage", "share": {"below": Infinity}}', DocumentFlaw.NOT_JSON),
        ('{"v": 1, "verb": "usage", "for": [{"name": "\\ud800"}]}', DocumentFlaw.NOT_JSON),
        ('{"v": 1, "verb": "usage", "for": [{"name": "\ud800"}]}', DocumentFlaw.NOT_JSON),
        ('{"v": 1, "verb": "usage", "for": [{"name": "a\x00b"}]}', DocumentFlaw.NOT_JSON),
        (b"\xff\xfe", DocumentFlaw.NOT_JSON),
        (b'{"v": 1, "verb": "usage", "for": [{"name": "\xed\xa0\x80"}]}', DocumentFlaw.NOT_JSON),
        ("null", DocumentFlaw.INVALID),
        ("[]", DocumentFlaw.INVALID),
        ('"usage"', DocumentFlaw.INVALID),
        ("1", DocumentFlaw.INVALID),
        ('{"v": 1, "verb": "usage", "share": {"below": 1e999}}', DocumentFlaw.INVALID),
        ('{"v": 2, "verb": "usage"}', DocumentFlaw.UNKNOWN_VERSION),
        ('{"v": 0, "verb": "usage"}', DocumentFlaw.UNKNOWN_VERSION),
        ('{"v": -1, "verb": "usage"}', DocumentFlaw.UNKNOWN_VERSION),
        ('{"v": 99999999999999999999999, "verb": "usage"}', DocumentFlaw.UNKNOWN_VERSION),
        ("[" * 8_000, DocumentFlaw.INVALID),
        ('{"v": ' + "[" * 8_000, DocumentFlaw.INVALID),
        ('{"v": 1, "verb": "usage", "x": ' + "[" * 8_000 + "]" * 8_000 + "}", DocumentFlaw.INVALID),
        (json.dumps(USAGE) + " " * BYTES_LIMIT, DocumentFlaw.TOO_LARGE),
        ("[" * 1_000_000, DocumentFlaw.TOO_LARGE),
    ],
    ids=range(25),
)
def test_text_that_is_no_document_is_refused_with_a_reason(text: str | bytes, reason: DocumentFlaw) -> None:
    assert read(text) == Unreadable(reason)


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"v": 1},
        {"verb": "usage"},
        {"v": True, "verb": "usage"},
        {"v": 1.0, "verb": "usage"},
        {"v": "1", "verb": "usage"},
        {"v": 1, "verb": "drop"},
        {"v": 1, "verb": "Usage"},
        CHANGE | {"only": {"changed": True, "below": 0.5}},
        CHANGE | {"only": {"below": 0}},
        CHANGE | {"only": {"below": 1.5}},
        CHANGE | {"only": {"dropsBelow": 0}},
        CHANGE | {"only": {"dropsBelow": 0.5, "below": 0.5}},
        CHANGE | {"only": {"unusedAbove": -1}},
        CHANGE | {"only": {"above": 0.5}},
        {"v": 1, "verb": None},
        {"v": 1, "verb": ["usage"]},
        USAGE | {"caller": "somebody else"},
        USAGE | {"customers": []},
        USAGE | {"for": None},
        USAGE | {"for": "TEST COMPANY"},
        USAGE | {"for": ["TEST COMPANY"]},
        USAGE | {"for": [{}]},
        USAGE | {"for": [{"id": "1"}]},
        USAGE | {"for": [{"name": ""}]},
        USAGE | {"for": [{"name": " \t"}]},
        USAGE | {"for": [{"name": "a\nb"}]},
        USAGE | {"for": [{"name": "a\x00b"}]},
        USAGE | {"for": [{"name": "a\ud800b"}]},
        USAGE | {"for": [{"name": "a", "id": None}]},
        USAGE | {"for": [{"name": "a", "id": "\x1b[2J"}]},
        USAGE | {"for": [{"name": "a", "tenant": "b"}]},
        USAGE | {"for": [{"name": "x" * (TEXT_LIMIT + 1)}]},
        USAGE | {"for": [{"name": "x"}] * (NAMES_LIMIT + 1)},
        USAGE | {"for": [{"name": "x"}] * 100_000},
        USAGE | {"not": [{"name": "x"}]},
        USAGE | {"not": [{"name": "x", "clause": "by"}]},
        USAGE | {"by": ["licenses"]},
        USAGE | {"by": ["customer"] * 6},
        USAGE | {"share": {}},
        USAGE | {"share": 0.5},
        USAGE | {"share": {"below": "50%"}},
        USAGE | {"share": {"below": None}},
        USAGE | {"share": {"below": -0.1}},
        USAGE | {"share": {"below": float("nan")}},
        USAGE | {"share": {"below": float("inf")}},
        USAGE | {"share": {"below": 0.5, "atMost": 0.5}},
        USAGE | {"share": {"above": 0.5, "atLeast": 0.5}},
        USAGE | {"order": {}},
        USAGE | {"order": {"top": 0}},
        USAGE | {"order": {"top": True}},
        USAGE | {"order": {"top": 100_001}},
        USAGE | {"order": {"top": 1, "bottom": 1}},
        USAGE | {"asOf": "yesterday"},
        USAGE | {"asOf": "2018-13-40"},
        USAGE | {"asOf": "2018-10-14T00:00:00"},
        USAGE | {"asOf": 1_539_475_200},
        USAGE | {"filter": ""},
        USAGE | {"filter": "channel"},
        USAGE | {"filter": "channel eq 'a"},
        USAGE | {"filter": "secret eq 'a'"},
        USAGE | {"filter": "channel eq 'a\x00'"},
        USAGE | {"filter": "(" * 5_000 + "channel eq 'a'"},
        USAGE | {"filter": "channel eq 'a' or " * 500 + "channel eq 'a'"},
        {"v": 1, "verb": "help", "topic": "secrets"},
        {"v": 1, "verb": "help", "topic": None},
        {"v": 1, "verb": "customers", "search": ""},
        {"v": 1, "verb": "sign_out", "for": []},
        {"v": 1, "verb": "new_digest"},
        {"v": 1, "verb": "new_digest", "question": "usage"},
        {"v": 1, "verb": "new_digest", "question": USAGE},
        {"v": 1, "verb": "handle_digest", "act": "stop"},
        {"v": 1, "verb": "handle_digest", "act": "erase", "number": 3},
        {"v": 1, "verb": "handle_digest", "act": "stop", "number": 0},
        {"v": 1, "verb": "handle_digest", "act": "stop", "number": -3},
        {"v": 1, "verb": "handle_digest", "act": "stop", "number": "3"},
        {"v": 1, "verb": "handle_digest", "act": "stop", "number": 10**9},
        CHANGE | {"schedule": {}},
        CHANGE | {"schedule": {"days": [], "at": "09:00"}},
        {"v": 1, "verb": "change_digest"},
        CHANGE | {"last": True},
        CHANGE | {"schedule": {"days": [0], "at": "09:00"}, "at": "10:00"},
        STOP | {"more": [3]},
        STOP | {"more": [4, 4]},
        STOP | {"more": list(range(4, 104))},
        STOP | {"every": True},
        STOP | {"last": True},
        STOP | {"until": "2026-12-07"},
        {"v": 1, "verb": "handle_digest", "act": "stop", "more": [4]},
        {"v": 1, "verb": "handle_digest", "act": "stop", "last": True, "every": True},
        {"v": 1, "verb": "handle_digest", "act": "stop", "last": False},
        {"v": 1, "verb": "handle_digest", "act": "open", "every": True},
        {"v": 1, "verb": "handle_digest", "act": "open", "number": 3, "more": [4]},
        CHANGE | {"schedule": {"days": [7], "at": "09:00"}},
        CHANGE | {"schedule": {"days": [0]}},
        CHANGE | {"schedule": {"days": [0], "day": 1, "at": "09:00"}},
        CHANGE | {"schedule": {"day": 32, "at": "09:00"}},
        CHANGE | {"schedule": {"day": 1, "at": "25:00"}},
        CHANGE | {"schedule": {"day": 1, "at": "09:00Z"}},
        CHANGE | {"schedule": {"day": 1, "at": "09:00", "zone": "\x00"}},
        CHANGE | {"schedule": {"minutes": 0}},
        CHANGE | {"schedule": {"minutes": 5, "at": "09:00"}},
        {1: 2},
        {("v",): 1},
        {"v": 1, "verb": "usage", "for": [object()]},
        {"v": 1, "verb": "usage", "for": 10**400},
        object(),
    ],
    ids=lambda value: re.sub(" object at .*", "", repr(value))[:60],
)  # fmt: skip
def test_value_that_is_no_document_is_refused(document: object) -> None:
    assert isinstance(read_object(document), Unreadable)


def test_value_that_contains_itself_is_refused() -> None:
    value: dict[str, Any] = {"v": 1, "verb": "usage"}
    value["for"] = value
    assert isinstance(read_object(value), Unreadable)


def test_reason_of_a_refusal_says_nothing_of_what_was_refused() -> None:
    assert repr(read('{"v": 1, "verb": "secret name"}')) == "Unreadable(reason=<DocumentFlaw.INVALID: 'invalid'>)"


class TestUpcasters:
    """As they will be: version 0 is made up; it called the number of a digest `n` and had all actions as verbs."""

    @staticmethod
    def upcast(old: dict[str, Any]) -> dict[str, Any]:
        return {"v": 1, "verb": "handle_digest", "act": old.pop("verb"), "number": old.pop("n")} | {
            key: value for key, value in old.items() if key != "v"
        }

    def test_document_of_an_older_version_is_read_when_its_upcaster_is_there(self) -> None:
        found = read('{"v": 0, "verb": "stop", "n": 3}', {0: self.upcast})
        assert isinstance(found, HandleDigest)
        assert (found.act, found.number) == ("stop", 3)

    @pytest.mark.parametrize(
        "document",
        [
            '{"v": 0}',
            '{"v": 0, "verb": "stop", "n": "3"}',
            '{"v": 0, "verb": "stop", "n": 3, "x": 1}',
            '{"v": 0, "n": 3}',
        ],
    )
    def test_document_of_an_older_version_is_refused_when_it_is_damaged(self, document: str) -> None:
        assert read(document, {0: self.upcast}) == Unreadable(DocumentFlaw.INVALID)

    def test_every_older_version_has_an_upcaster(self) -> None:
        assert set(documents.UPCASTERS) == set(range(1, documents.CURRENT))
