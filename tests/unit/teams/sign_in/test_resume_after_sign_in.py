"""The answers to waiting questions after a sign-in.

A question is answered only if the bot may still post to its conversation, and only to the person who asked it.
"""

import json
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from bot.commands.command import ChooseLanguage
from bot.concurrency.backoff import Backoff
from bot.domain.conversation import Caller
from bot.errors import StoreError
from bot.identity.entra.sign_in_outcome import Declined, Tokens
from bot.identity.sign_in.pending_questions import PendingQuestion
from bot.teams.activity.conversation_reference import ConversationReference
from bot.teams.activity.incoming_activity import Account, ConversationAccount, IncomingActivity
from bot.teams.activity.outgoing_activity import OutgoingActivity
from bot.teams.activity.turn_limits import TurnLimits
from bot.teams.auth.teams_settings import TeamsSettings
from bot.teams.promised.reopened_turns import ReopenedTurns
from bot.teams.running.background_turns import BackgroundTurns
from bot.teams.sign_in.resume_after_sign_in import ResumeAfterSignIn
from bot.teams.turn.replies import Replies
from bot.teams.turn.turn import Turn
from bot.usage.addressed_buttons import payloads
from bot.usage.command_buttons import ask_button
from bot.usage.memory.answer_locale import AnswerLocale, answer_locale
from bot.usage.memory.chosen_languages import RememberedLanguages
from cards.views.answer_views import LanguageChoice, LanguageView, View
from cards.wording.locale_words import LocaleWords

TENANT, OTHER = "7e1a2b3c-0000-4000-8000-000000000001", "7e1a2b3c-0000-4000-8000-000000000002"
ADA, BEN = Caller(TENANT, "0a", "Ada"), Caller(TENANT, "0b", "Ben")
SETTINGS = TeamsSettings(app_id="bot", tenants=(TENANT,))
DEMO = TeamsSettings(anonymous=True, service_hosts=(*SETTINGS.service_hosts, "127.0.0.1:3979"))
ENDINGS = [Tokens(TENANT, "0a", "Ada", "access", 0.0, "state"), Declined()]


def reference(person: Caller = ADA, url: str = "https://smba.trafficmanager.net/amer/", language: str = "en") -> str:
    asked = IncomingActivity(
        type="message",
        id="17",
        channel_id="msteams",
        service_url=url,
        sender=Account("29:person", person.name, person.object_id),
        recipient=Account("28:bot"),
        conversation=ConversationAccount("a:1", "personal", person.tenant_id),
    )
    return ConversationReference.of(asked, person, LocaleWords.load(language), "a:1").pack()


@dataclass
class Waiting:
    """The waiting questions, and an identity that has nothing else."""

    questions: tuple[PendingQuestion, ...]

    @property
    def waiting(self) -> "Waiting":
        return self

    async def take(self, _: Caller) -> tuple[PendingQuestion, ...]:
        return self.questions

    look = take


@dataclass
class Outbox:
    """Opens senders that note what is sent, and where."""

    sent: list[tuple[str, OutgoingActivity]] = field(default_factory=list)

    def open(self, asked: IncomingActivity, _: str) -> Any:
        outbox = self

        class Sender:
            async def send(self, activity: OutgoingActivity) -> str:
                outbox.sent.append((asked.conversation_id, activity))
                return "1"

        return Sender()


@dataclass
class Answers:
    """Answers with one button, and notes who was answered."""

    languages: RememberedLanguages = field(default_factory=RememberedLanguages)
    answered: list[Caller] = field(default_factory=list)

    async def locale_of(self, caller: Caller, text: str = "", mark: str = "") -> AnswerLocale:
        return await answer_locale(self.languages, caller, text, mark)

    async def answer(self, _text: str, caller: Caller, *_: object) -> View:
        self.answered.append(caller)
        return LanguageView("client", "hu", (LanguageChoice("en", ask_button(ChooseLanguage("en"))),))


async def sent(
    settings: TeamsSettings, kept: str, outcome: Any, answers: Any = None
) -> list[tuple[str, OutgoingActivity]]:
    """Return what is sent when Ada's sign-in ends with `outcome`.

    A question with the reference `kept` waits.
    """
    outbox, background = Outbox(), BackgroundTurns(limit=9, per_owner=9)
    identity: Any = Waiting((PendingQuestion("help", "a:1", kept),))
    answers = answers or Answers()
    aside: Any = None  # nothing is private in a 1:1 chat
    reopened = ReopenedTurns(answers, outbox.open, settings, aside)
    resuming = ResumeAfterSignIn(identity, answers, Replies(TurnLimits()), reopened, background)
    await resuming.ended(ADA, outcome)
    assert await background.close(20) == 0
    return outbox.sent


@pytest.mark.parametrize("outcome", ENDINGS)
@pytest.mark.parametrize(
    ("settings", "kept"),
    [
        (SETTINGS, reference()),
        (replace(SETTINGS, tenants=()), reference()),
        (DEMO, reference(url="http://127.0.0.1:3979")),
    ],
)
async def test_waiting_question_is_answered_when_all_checks_pass(
    settings: TeamsSettings, kept: str, outcome: Any
) -> None:
    assert [conversation for conversation, _ in await sent(settings, kept, outcome)] == ["a:1"]


@pytest.mark.parametrize("outcome", ENDINGS)
@pytest.mark.parametrize(
    ("settings", "kept"),
    [
        pytest.param(SETTINGS, "{}", id="reference unreadable"),
        pytest.param(replace(SETTINGS, service_hosts=("smba.infra.gcc.teams.microsoft.com",)), reference(), id="host"),
        pytest.param(replace(SETTINGS, tenants=(OTHER,)), reference(), id="tenant no longer served"),
        pytest.param(SETTINGS, reference(BEN), id="another person"),
        pytest.param(SETTINGS, reference(replace(ADA, tenant_id=OTHER)), id="another tenant"),
        pytest.param(DEMO, reference(), id="not loopback in the demo"),
    ],
)
async def test_waiting_question_is_not_answered_when_a_check_fails(
    settings: TeamsSettings, kept: str, outcome: Any
) -> None:
    assert await sent(settings, kept, outcome) == []


# Hungarian was written with Teams in English.
HUNGARIAN = reference(AnswerLocale("hu", passing=True).of(ADA), language="hu")


def marks(activity: OutgoingActivity) -> set[str | None]:
    """Return the languages on the buttons of a card."""
    return {data.get("in") for data in payloads(json.loads(activity.encode()))}


async def test_buttons_after_a_sign_in_keep_the_language_of_the_question() -> None:
    answers = Answers()
    ((_, activity),) = await sent(SETTINGS, HUNGARIAN, ENDINGS[0], answers)
    assert marks(activity) == {"hu"}
    assert [(each.locale, each.own_locale) for each in answers.answered] == [("hu", ADA.locale)]


async def test_language_that_was_chosen_meanwhile_wins_after_a_sign_in() -> None:
    answers = Answers()
    await answers.languages.choose(ADA, "nl")
    ((_, activity),) = await sent(SETTINGS, HUNGARIAN, ENDINGS[0], answers)
    assert marks(activity) == {None}
    assert [(each.locale, each.own_locale) for each in answers.answered] == [("nl", "nl")]


async def test_end_of_a_sign_in_is_told_in_the_language_of_the_question() -> None:
    ((_, activity),) = await sent(SETTINGS, HUNGARIAN, Declined())
    assert LocaleWords.load("hu").say("title.declined") in activity.encode().decode()


@dataclass
class Forgetful(Waiting):
    """A database that loses its answers: it takes the questions, and fails."""

    failures: int = 1
    taken: bool = False

    async def take(self, _: Caller) -> tuple[PendingQuestion, ...]:
        if self.failures:
            self.failures -= 1
            self.taken = True
            raise StoreError("the connection is gone")
        return () if self.taken else self.questions


@dataclass
class Promised:
    """Notes which promises were made, kept and left."""

    made: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    async def make(self, _turn: Turn, question: str, _card: str = "") -> str:
        self.made.append(question)
        return question

    async def keep(self, key: str) -> None:
        self.kept.append(key)

    def leave(self, key: str) -> None:
        self.left.append(key)


async def resumed(identity: Any, promised: Promised) -> list[Caller]:
    """Return who was answered after the sign-in of Ada."""
    answers: Any = Answers()
    background, aside, promises = BackgroundTurns(limit=9, per_owner=9), None, promised
    reopened = ReopenedTurns(answers, Outbox().open, SETTINGS, aside)  # type: ignore[arg-type]
    replies = Replies(TurnLimits(), promises=promises)  # type: ignore[arg-type]
    at_once = Backoff(first=0.0, longest=0.0, attempts=4)
    resuming = ResumeAfterSignIn(
        identity,
        answers,
        replies,
        reopened,
        background,
        promises=promises,
        backoff=at_once,  # type: ignore[arg-type]
    )
    resuming.resume(ADA)
    assert await background.close(20) == 0
    found: list[Caller] = answers.answered
    return found


QUESTION = PendingQuestion("help", "a:1", reference())


async def test_question_is_promised_until_it_is_answered() -> None:
    promised = Promised()
    assert len(await resumed(Waiting((QUESTION,)), promised)) == 1
    assert (promised.made, promised.kept, promised.left) == (["help"], ["help"], [])


async def test_question_is_answered_when_the_answer_of_the_database_is_lost() -> None:
    promised = Promised()
    assert len(await resumed(Forgetful((QUESTION,)), promised)) == 1
    assert promised.kept == ["help"]


async def test_question_that_another_process_took_is_not_answered_here() -> None:
    promised = Promised()
    assert await resumed(Forgetful((QUESTION,), failures=0, taken=True), promised) == []
    assert (promised.kept, promised.left) == (["help"], [])


async def test_promise_is_left_to_another_process_when_the_database_stays_away() -> None:
    promised = Promised()
    assert await resumed(Forgetful((QUESTION,), failures=9), promised) == []
    assert (promised.kept, promised.left) == ([], ["help"])
