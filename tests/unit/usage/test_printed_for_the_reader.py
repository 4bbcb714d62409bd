"""Sentences that a person could type are in the language of the answer."""

from datetime import UTC, datetime

import pytest

from bot.commands.command import Help, Name, NewDigest, SignOut, Usage
from bot.commands.verbs import VERBS
from bot.domain.conversation import Caller, Conversation, ConversationKind
from bot.errors import NotSignedInError
from bot.handlers.asked_first import confirmed_first
from bot.handlers.help_handler import VIEWS, first_help, hello, help_view
from bot.language.reading.sentence_reader import SentenceReader
from bot.language.sentence.printed_words import printed_languages
from bot.usage.command_buttons import PressedButton
from bot.usage.error_view import error_view
from bot.usage.repeated_question import repeated
from bot.usage.sentence_result import result_of
from cards.views.answer_views import ConfirmView, NotUnderstoodView, SignInView
from tests.demo_directory import demo_directory

QUESTION = Usage(subjects=(Name("Exchange"),))
GROUP = Conversation("group", ConversationKind.GROUP, "")
READER = SentenceReader(demo_directory().spans, datetime(2026, 11, 30, 10, tzinfo=UTC))


def test_question_that_waits_for_a_sign_in_is_in_the_language() -> None:
    view = error_view(NotSignedInError("none"), QUESTION, "nl-NL")
    assert isinstance(view, SignInView)
    assert view.question == "gebruik op Exchange"


def test_question_that_asks_first_is_in_the_language() -> None:
    view = confirmed_first(SignOut(), Caller("t", "o", locale="fr"), GROUP, anothers=True, typed="")
    assert isinstance(view, ConfirmView)
    assert view.what == "se déconnecter"


def test_suggestions_are_in_the_language() -> None:
    sentence = "gebruik op Exchange als grafiek"
    view = result_of(READER.read(sentence, "nl"), sentence, "nl")
    assert isinstance(view, NotUnderstoodView)
    assert [each.text for each in view.suggestions] == ["gebruik op Exchange"]


def test_what_is_offered_instead_of_repeating_is_in_the_language() -> None:
    view = repeated(SignOut(), "de")
    assert isinstance(view, NotUnderstoodView)
    assert [each.text for each in view.suggestions] == ["abmelden"]


def test_pressed_button_says_its_question_in_the_language() -> None:
    assert PressedButton(QUESTION).sentence("hu-HU") == "használat Exchange esetén"


@pytest.mark.parametrize(
    ("locale", "first", "digests"),
    [
        ("en-US", "usage for TEST COMPANY on Exchange", "digests"),
        ("nl-NL", "gebruik bij TEST COMPANY op Exchange", "mijn digests"),
        ("fr-FR", "utilisation pour TEST COMPANY sur Exchange", "mes résumés"),
    ],
)
def test_examples_of_the_help_are_in_the_language(locale: str, first: str, digests: str) -> None:
    texts = [each.text for each in help_view(Help(), locale).examples]
    assert texts[0] == first
    assert digests in texts


def test_examples_to_tap_are_in_the_language() -> None:
    tiles = [each.text for each in first_help("nl").tiles]
    assert tiles == [each.text for each in hello(Caller("t", "o", locale="nl-BE")).examples]
    assert "top 20 ongebruikte licenties op Exchange per klant" in tiles


def test_digest_that_waits_for_a_sign_in_is_in_the_language() -> None:
    view = error_view(NotSignedInError("none"), NewDigest(QUESTION), "hu")
    assert isinstance(view, SignInView)
    assert view.question == "rendszeres jelentés használat Exchange esetén"


def test_help_of_every_topic_in_every_language_is_made_once() -> None:
    topics = (None, *dict.fromkeys(verb.help_topic for verb in VERBS))
    asked = [(Help(topic), each, keeps) for topic in topics for each in printed_languages() for keeps in (True, False)]
    assert len(asked) < VIEWS
    made = [help_view(topic, language, keeps_misses=keeps) for topic, language, keeps in asked]
    again = [help_view(topic, language, keeps_misses=keeps) for topic, language, keeps in asked]
    assert [old is new for old, new in zip(made, again, strict=True)] == [True] * len(asked)
