"""The payload of the button that answers "no" to a question. Pure.

    {"v": 2, "keep": "stop digest 3"}

It has no command, so that no process, of whatever release, can carry one out.
"""

from dataclasses import dataclass

from cards.views.payload_values import TEXT_LIMIT, is_unicode


@dataclass(frozen=True, slots=True)
class KeepButton:
    """Leave everything as it is.

    The card that says so takes the place of the question. `text` is what is not done.
    """

    text: str


def keep_in(text: object) -> KeepButton | None:
    """Return the button, None if no card can hold it."""
    if not isinstance(text, str) or not text.strip() or len(text) > TEXT_LIMIT or not is_unicode(text):
        return None
    return KeepButton(text)
