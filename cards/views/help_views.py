"""The content of the cards that say what can be asked. Pure."""

from dataclasses import dataclass

from cards.views.button_payload import AskButton, MoreButton
from cards.views.usage_views import Figures


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence to try, and what it answers (`words` is a locale key).

    `ask` is None if it has no button, because it changes or deletes something and has to be typed on purpose. On a
    tile, the text with the locale key `title` is in place of the sentence, with `name` in it; without `title`, `name`
    alone is. `figures` and `about`, what they are of, are in place of what it answers.
    """

    text: str
    words: str
    ask: AskButton | None = None
    title: str = ""
    name: str = ""
    figures: Figures | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class HelpView:
    """The content of the help card. `topic` is a verb, None for the overview.

    `keeps_misses`: sentences that are not understood are stored, and the reader must know that. With `tiles` the card
    shows these, and `more` leads to all examples. `own`: they name what one reader may see.
    """

    topic: str | None
    examples: tuple[Example, ...]
    keeps_misses: bool = False
    tiles: tuple[Example, ...] = ()
    more: MoreButton | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class HelloView:
    """A greeting with sentences to try. `more` leads to the whole help."""

    name: str
    examples: tuple[Example, ...]
    more: MoreButton | None = None
