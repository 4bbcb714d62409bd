"""What samples are made of: figures, and buttons whose command nothing reads. Pure."""

from bot.domain.figures import LicenseFigures, Licenses
from bot.usage.shown_figures import shown_figures
from cards.digests.digest_list_card import PRESSES
from cards.views.answer_views import Example, Suggestion
from cards.views.button_payload import AskButton, MoreButton
from cards.views.usage_views import Figures

TENANT = "0112a436-b14e-4888-967b-ca4bb2cf1234"
# The longest name that a card has room for without being cut.
LONG_NAME = (
    "Gesellschaft zur Förderung der Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten mbH & Co. KG"
)


def shown(active: int, qualified: int) -> Figures:
    """Return the figures of a row, counted as the bot counts them."""
    return shown_figures(LicenseFigures(Licenses.of(active, qualified)))


def ask(text: str, *, replace: bool = False) -> AskButton:
    """Return a button that asks `text`."""
    return AskButton({"says": text}, replace)


def more(text: str, rows: int, *, start: int = 0) -> MoreButton:
    """Return the button for further rows."""
    return MoreButton({"says": text}, rows, start)


def acts(number: int) -> dict[str, AskButton]:
    """Return what can be done with a digest."""
    return {act: ask(f"{act} digest {number}") for act in PRESSES}


def example(text: str, words: str) -> Example:
    """Return a sentence to try; `words` is the key of what it answers."""
    return Example(text, words, ask(text))


def suggestion(text: str) -> Suggestion:
    """Return a sentence that would be understood."""
    return Suggestion(text, ask(text))
