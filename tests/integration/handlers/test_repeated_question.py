"""If the names cannot be loaded, the question is offered again as it was typed."""

from dataclasses import replace

import pytest

from bot.commands.command import NewDigest, SignOut
from bot.errors import NotSignedInError, ServiceDownError
from bot.usage.command_buttons import pressed
from bot.usage.repeated_question import repeated
from cards.draw import draw
from cards.views.answer_views import ErrorView, NotUnderstoodView, PickerView, SignInView, UsageView
from cards.views.button_payload import RepeatButton, pack
from cards.wording.locale_words import LocaleWords

WORDS = LocaleWords.load("en")


class Names:
    """The names of people, which cannot be loaded while there is an `error`."""

    def __init__(self, directories, error):
        self.error = error
        self._load = directories.names

    async def names(self, caller):
        if self.error is not None:
            raise self.error
        return await self._load(caller)


@pytest.fixture
def names(desk, monkeypatch):
    directories = desk.engine.services.directories
    made = Names(directories, ServiceDownError("not reached"))
    monkeypatch.setattr(directories, "names", made.names)
    return made


async def press(desk, action, caller=None):
    return await desk.engine.answers.press(pressed(pack(action)), caller or desk.ann)


@pytest.mark.parametrize("text", ["usage for TEST COMPANY on Exchange", "gebruik van Exchange bij TEST COMPANY"])
async def test_try_again_carries_the_question(desk, names, text):
    view = await desk.ask(text)
    assert isinstance(view, ErrorView)
    assert (view.problem, view.again) == ("service_down", RepeatButton(text))
    assert "Try again" in str(draw(view, WORDS))
    names.error = None
    answer = await press(desk, view.again)
    assert isinstance(answer, UsageView)
    assert answer.scope == ("TEST COMPANY", "Exchange")


async def test_it_is_offered_again_while_the_names_fail(desk, names):
    view = await desk.ask("usage for TEST COMPANY")
    assert (await press(desk, view.again)).again == view.again


async def test_presser_is_asked_as_oneself(desk, names):
    view = await desk.ask("usage for Contoso on Exchange")
    names.error = None
    assert isinstance(await press(desk, view.again, desk.ben), PickerView)


@pytest.mark.parametrize(
    "text",
    ["digest every monday at 9 usage for TEST COMPANY", "remove the TEST COMPANY digest", "usage for " + "好" * 900],
)
async def test_no_button_carries_what_is_no_question_or_too_long(desk, names, text):
    view = await desk.ask(text)
    assert isinstance(view, ErrorView)
    assert view.again is None


async def test_question_is_answered_after_the_sign_in(desk, names):
    names.error = NotSignedInError("signed out")
    view = await desk.ask("usage for TEST COMPANY")
    assert isinstance(view, SignInView)
    assert (view.question, view.again) == ("usage for TEST COMPANY", None)


@pytest.mark.parametrize(
    "text", ["forget me", "language nl", "sign out", "stop digest 3", "usage on Exchange every monday at 9", "stop all"]
)
async def test_pressing_changes_nothing_whatever_the_text_means(desk, text):
    view = await press(desk, RepeatButton(text))
    assert isinstance(view, NotUnderstoodView)
    assert view.problem == "not_repeated"
    assert len(view.suggestions) == 1
    assert (await desk.ask("language")).state == "client"


async def test_digest_without_a_time_asks_for_one(desk):
    view = await press(desk, RepeatButton("digest usage on Exchange"))
    assert not isinstance(view, NotUnderstoodView)


def test_other_commands_are_only_offered():
    view = repeated(SignOut())
    assert isinstance(view, NotUnderstoodView)
    asked = pressed(pack(view.suggestions[0].ask))
    assert replace(asked, asked=SignOut()) == asked
    assert not isinstance(repeated(SignOut()), NewDigest)
