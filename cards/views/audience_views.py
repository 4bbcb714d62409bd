"""The content of the cards about who reads an answer.

Pure; imports nothing of bot.
"""

from dataclasses import dataclass

from cards.views.button_payload import RepeatButton


@dataclass(frozen=True, slots=True)
class PrivateNoteView:
    """A line for everybody in place of a message for one person.

    It holds nothing of that. `reached`: the person has it in the 1:1 chat. Else `link` leads there; "" if there is
    none.
    """

    reached: bool
    link: str = ""


@dataclass(frozen=True, slots=True)
class AudienceView:
    """Asks whether people of other companies may read an answer.

    `outsiders` counts them; None if it is not known who is here. `post` asks again for everybody, `alone` for the
    reader.
    """

    outsiders: int | None
    post: RepeatButton
    alone: RepeatButton
