"""What samples are made of: names, and buttons whose command nothing reads. Pure."""

from dataclasses import replace
from uuid import NAMESPACE_DNS, uuid5

from cards.digests.digest_list_card import PRESSES
from cards.views.answer_views import Example, Suggestion
from cards.views.button_payload import AskButton, MoreButton, RowButton, ViewButton
from cards.views.usage_views import ROWS_ON_CARD, UsageView

TENANT = "0112a436-b14e-4888-967b-ca4bb2cf1234"
# The longest name that a card has room for without being cut.
LONG_NAME = (
    "Gesellschaft zur Förderung der Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten mbH & Co. KG"
)


def long_name(last: str) -> str:
    """Return a name about as long that ends in `last`."""
    return LONG_NAME.replace("mbH & Co. KG", last)


def tenant_of(name: str) -> str:
    """Return the tenant id of a customer: no other name has it."""
    return str(uuid5(NAMESPACE_DNS, name))


def ask(text: str, *, replace: bool = False) -> AskButton:
    """Return a button that asks `text`."""
    return AskButton({"says": text}, replace)


def more(text: str, rows: int, *, start: int = 0) -> MoreButton:
    """Return the button for further rows."""
    return MoreButton({"says": text}, rows, start)


def with_buttons(view: UsageView, whole: str = "") -> UsageView:
    """Return an answer with the buttons that the bot has below such a one.

    `whole` is the customer, if only a part of its licenses was asked for.
    """
    asked, end = view.question, view.start + len(view.items)
    made = replace(
        view,
        whole=ask(f"usage for {whole}") if whole else None,
        versus=ask(f"{asked} compared with last month") if view.compared is None else None,
        digest=ask(f"digest {asked}"),
        export=ask(f"export {asked}"),
    )
    if view.matched < 2:
        return made
    return replace(
        made,
        items=tuple(replace(item, open=RowButton({"says": asked}, "x1ZbCtsDEfrP", end)) for item in view.items),
        more=more(asked, end + ROWS_ON_CARD, start=end) if end < view.matched else more(asked, ROWS_ON_CARD),
        reshape=ViewButton({"says": asked}, end),
    )


def acts(number: int) -> dict[str, AskButton]:
    """Return what can be done with a digest."""
    return {act: ask(f"{act} digest {number}") for act in PRESSES}


def example(text: str, words: str) -> Example:
    """Return a sentence to try; `words` is the key of what it answers."""
    return Example(text, words, ask(text))


def suggestion(text: str) -> Suggestion:
    """Return a sentence that would be understood."""
    return Suggestion(text, ask(text))
