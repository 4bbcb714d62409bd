"""The buttons of the form of a digest, and what a person chose and typed.

Pure. A client adds the inputs of a card to the payload of the button that is pressed, under their ids. All of it is as
untrusted as typed text: it is kept as text here, and read by bot.commands.digest_form.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

INPUT_LIMIT = 120
UNREADABLE = "?"  # for a value that no input has: nothing that can be chosen or typed means it


@dataclass(frozen=True, slots=True)
class DigestInputs:
    """The inputs, each "" if it is not on the card or is empty.

    `when`, `quiet` and `what` (the lines of the answer) are choices, `at` is a time of day, `amount` a percentage or a
    number of licenses, `where` is "here" or "private", `zone` a city or a time zone, `until` a day. The names are the
    ids of the inputs.
    """

    when: str = ""
    at: str = ""
    quiet: str = ""
    amount: str = ""
    where: str = ""
    zone: str = ""
    until: str = ""
    what: str = ""


NOTHING = DigestInputs()


@dataclass(frozen=True, slots=True)
class FormButton:
    """Carry out `command` with what the presser chose on the form of a digest.

    The result takes the place of the card. The inputs are empty on a card.
    """

    command: Mapping[str, Any] = field(hash=False)
    inputs: DigestInputs = NOTHING


def form_in(command: Mapping[str, Any], data: Mapping[Any, Any]) -> FormButton | None:
    """Return the button in a payload, None if no card can hold it."""
    return FormButton(command, inputs_in(data)) if data.get("form") is True else None


def inputs_in(data: Mapping[Any, Any]) -> DigestInputs:
    """Return the inputs in a payload.

    An empty one means something, such as a pause without an end. So what cannot be read never counts as empty.
    """
    return DigestInputs(**{each.name: _text(data.get(each.name)) for each in fields(DigestInputs)})


def _text(value: object) -> str:
    """Return the value as text. A client may send a number as one.

    Blanks of any kind are spaces. What has no shape, such as marks of a direction in a pasted text, is left out.
    """
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = repr(value)
    if not isinstance(value, str):
        return UNREADABLE
    legible = "".join(each if each.isprintable() else " " if each.isspace() else "" for each in value.strip())
    return " ".join(legible.split())[:INPUT_LIMIT]
