"""A way on from a card that could not answer. Pure; imports nothing of bot."""

from dataclasses import dataclass

from cards.views.button_payload import Action


@dataclass(frozen=True, slots=True)
class Way:
    """A button that leads on: the key of its title, and what it does."""

    title: str
    action: Action
