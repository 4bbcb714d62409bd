"""A digest whose question is of another kind than figures."""

import json
from dataclasses import dataclass, replace
from datetime import date, time

import pytest

from bot.commands.answer_kind import AnswerKind
from bot.commands.command import Usage
from bot.digests.content import packed_kind
from bot.digests.content.kind_digest import kind_digest
from bot.digests.content.packed_kind import pack_any, unpack_any
from bot.domain.recurrence import Schedule, Weekly
from bot.query.usage_query import UsageQuery
from bot.store.digests.digest_record import Digest
from bot.usage.kinds.kind_answer import KindAnswer, KindMaker, ShownPart
from bot.usage.query_plan import QueryPlan
from cards.draw import draw, plain_text, summary
from cards.parts.card_size import BUDGET, size
from cards.views.answer_views import ListView, View
from cards.wording.locale_words import LocaleWords
from tests.unit.digests.content.test_digest_content import DIGEST

WORDS = LocaleWords.load("en")
RENEWALS = Usage(kind=AnswerKind.RENEWALS)
PLAN = QueryPlan(UsageQuery(), (), ())


@dataclass(frozen=True)
class Listed:
    """An answer that is a list of names, which no question asks for."""

    names: tuple[str, ...]
    command: Usage = RENEWALS
    plan: QueryPlan = PLAN
    begun: int | None = None

    @property
    def rows(self) -> int:
        return len(self.names)

    def view(self, part: ShownPart) -> View:
        shown = self.names[: part.shown]
        return ListView("customer", None, tuple((each, "") for each in shown), len(self.names))

    def packed(self) -> bytes:
        return json.dumps(self.names).encode()


def _unpacked(content: bytes) -> KindAnswer:
    return Listed(tuple(json.loads(content)))


async def _unasked(*_: object) -> KindAnswer:
    raise AssertionError


@pytest.fixture(autouse=True)
def _kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed_kind, "KINDS", {AnswerKind.RENEWALS: KindMaker(_unasked, _unpacked)})


def test_answer_is_equal_after_packing_and_unpacking() -> None:
    answer = Listed(("Contoso", "Fabrikam"))
    assert unpack_any(pack_any(answer)) == answer


def test_answer_of_a_kind_that_this_release_lacks_is_fetched_again() -> None:
    unknown = Listed(("Contoso",), Usage(kind=AnswerKind.TREND))
    assert unpack_any(pack_any(unknown)) is None
    assert unpack_any(b"no answer") is None
    assert unpack_any(None) is None


def test_card_has_the_first_rows_between_the_digest_and_its_owner() -> None:
    view = kind_digest(DIGEST, Listed(tuple(f"Customer {number}" for number in range(9))))
    card = json.dumps(draw(view, WORDS))
    assert f"Digest {DIGEST.number}" in card
    assert "Customer 4" in card
    assert "Customer 5" not in card
    assert card.index("Digest") < card.index("Customer 0") < card.index("Settings")
    assert "refresh" not in draw(view, WORDS)


def test_sentence_and_text_are_those_of_the_answer_after_the_number() -> None:
    view = kind_digest(DIGEST, Listed(("Contoso",)))
    assert summary(view, WORDS) == f"Digest {DIGEST.number}. {summary(view.content, WORDS)}"  # type: ignore[arg-type]
    assert "Contoso" in plain_text(view, WORDS)


def test_card_says_that_it_is_late_and_that_earlier_ones_were_skipped() -> None:
    view = kind_digest(DIGEST, Listed(("Contoso",)), late_for=1_700_000_000.0, skipped=True, today=date(2026, 11, 30))
    plain = json.dumps(draw(view, WORDS))
    assert WORDS.say("digest.skipped") in plain
    assert view.late_for is not None


def test_card_with_long_names_is_within_the_limit_of_teams() -> None:
    named: Digest = replace(DIGEST, owner_name="o" * 500, schedule=Schedule(Weekly(frozenset(range(7))), time(9)))
    view = kind_digest(named, Listed(tuple("n" * 6_000 for _ in range(5))))
    assert size(draw(view, WORDS)) < BUDGET
