"""The content of the cards about who reads an answer.

Pure; imports nothing of bot.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrivateNoteView:
    """A line for everybody in place of a message for one person.

    It holds nothing of that. `reached`: the person has it in the 1:1 chat. Else `link` leads there; "" if there is
    none.
    """

    reached: bool
    link: str = ""
