"""Buttons that hold a command, and the command in a button that was pressed. Pure.

A button of version 1 holds a sentence; how long it is read is said in cards.views.button_payload.
"""

import dataclasses
from dataclasses import dataclass

from bot.commands.command import Command, Usage
from bot.commands.command_document import Unreadable, read_object, write_object
from bot.commands.filled_name import filled
from bot.commands.list_shape import shaped
from bot.language.marking.worded_sentence import ENGLISH
from bot.language.sentence.command_sentence import sentence_of
from bot.usage.addressed_buttons import addressee
from cards.views.button_payload import (
    Action,
    AskButton,
    FillButton,
    ListAction,
    MoreButton,
    RepeatButton,
    RowButton,
    ShapeButton,
    ViewButton,
    unpack,
)
from cards.views.form_payload import DigestInputs, FormButton
from cards.views.keep_payload import KeepButton
from cards.views.sentence_payload import SentenceButton


@dataclass(frozen=True, slots=True)
class PressedButton:
    """What a pressed button asks: a command, or a text as typed.

    It is as untrusted as anything a client sends. `repeats`: the text may ask a question, and nothing else. `rows`:
    show the answer up to this row, of which those from `start` are new. `replace`: the answer replaces the card.
    `sure`: a card has asked whether the person means it. `made_for` is the mark of the person for whom the card was
    made, "" if it has none. `row` is the mark of a row: show it alone, with a way back to `rows` and `start`.
    `reshapes`: offer other shapes of the answer. `up`: it asks about a list that is itself the answer about this row of
    another one. `inputs` are those of a form, which fill the command. `keeps`: the text is what the person does not
    want.
    """

    asked: Command | str
    rows: int | None = None
    replace: bool = False
    start: int = 0
    repeats: bool = False
    sure: bool = False
    made_for: str = ""
    row: str = ""
    reshapes: bool = False
    up: RowButton | None = None
    inputs: DigestInputs | None = None
    keeps: bool = False

    def sentence(self, language: str = ENGLISH) -> str:
        """Return what it asks, as a reader would say it."""
        return self.asked if isinstance(self.asked, str) else sentence_of(self.asked, language)


def ask_button(command: Command, *, replace: bool = False, sure: bool = False) -> AskButton:
    """The button that asks `command`.

    `sure`: its card asks whether the person means it.
    """
    return AskButton(write_object(command), replace, sure)


def form_button(command: Command) -> FormButton:
    """The button that carries out `command` with what is chosen on its card."""
    return FormButton(write_object(command))


def more_button(command: Command, rows: int, start: int = 0, up: RowButton | None = None) -> MoreButton:
    """The button that shows the answer to `command` up to row `rows`.

    The rows from `start` are new. `up` is the row of another list that the answer is about.
    """
    return MoreButton(write_object(command), rows, start, up)


def row_button(command: Command, row: str, rows: int, start: int = 0) -> RowButton:
    """The button that shows the row with the mark `row` of the answer to `command`.

    Back from there, the list shows the rows up to `rows`, of which those from `start` are new.
    """
    return RowButton(write_object(command), row, rows, start)


def pressed(data: object) -> PressedButton | None:
    """Return what the payload of a button asks. Never raises.

    None if no button of the bot holds such a payload.
    """
    action = unpack(data)
    if isinstance(action, SentenceButton):
        return PressedButton(action.text, action.rows, action.replace)
    button = None if action is None else press_of(action)
    return button and dataclasses.replace(button, made_for=addressee(data))


def press_of(action: Action) -> PressedButton | None:
    """What pressing `action` asks; None if its command cannot be read."""
    if isinstance(action, RepeatButton):
        return PressedButton(action.text, repeats=True)
    if isinstance(action, KeepButton):
        return PressedButton(action.text, replace=True, keeps=True)
    command = read_object(action.command)
    up = action.up if isinstance(action, ListAction) else None
    if isinstance(command, Unreadable) or not _leads_up(up):
        return None
    return _asks(action, command, up)


def _asks(
    action: AskButton | FillButton | FormButton | ListAction, command: Command, up: RowButton | None
) -> PressedButton | None:
    match action:
        case AskButton():
            return PressedButton(command, replace=action.replace, sure=action.sure)
        case FormButton(inputs=inputs):
            return PressedButton(command, replace=True, inputs=inputs)
        case FillButton():
            return PressedButton(_filled(command, action), replace=True)
        case ShapeButton(group=group, order=order, only=only):
            shape = shaped(command, group, order, only) if isinstance(command, Usage) else None
            return None if shape is None else PressedButton(shape, replace=True, up=up)
    pressed_there = PressedButton(command, action.rows, replace=True, start=action.start, up=up)
    if isinstance(action, RowButton):
        return dataclasses.replace(pressed_there, row=action.row)
    return dataclasses.replace(pressed_there, reshapes=isinstance(action, ViewButton))


def _leads_up(row: RowButton | None) -> bool:
    """Return True if every list around a list is one of figures."""
    while row is not None:
        if not isinstance(read_object(row.command), Usage):
            return False
        row = row.up
    return True


def fill_button(command: Command, name: str) -> FillButton | None:
    """The button that asks `command` with another name in place of `name`.

    None if `name` is not in it, as one that was typed.
    """
    return FillButton(write_object(command), name) if filled(command, name, "?") != command else None


def _filled(command: Command, action: FillButton) -> Command:
    """Return the command with the chosen name; unchanged if there is none, or one that no command may hold."""
    if not action.chosen:
        return command
    read = read_object(write_object(filled(command, action.name, action.chosen)))
    return command if isinstance(read, Unreadable) else read


def sentence_on(action: Action, language: str = ENGLISH) -> str:
    """Return the sentence of a button in `language`, "" if it cannot be read."""
    found = press_of(action)
    return "" if found is None else found.sentence(language)
