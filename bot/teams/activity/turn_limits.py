"""The limits of requests and turns. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TurnLimits:
    """How large a request may be, how long a turn may take, how many turns may run.

    Times in seconds.

    Teams waits about 15 s for a request and 10 s for a pressed button before it shows an error or sends the activity
    again, so both limits are below that. It waits 5 s for what it asks while a person types.

    `typing_after`, before `working_after`: that an answer is coming is shown first as typing, then with a card. It is
    not shown as typing if the card comes no later.

    `acknowledge_after`: an answer that is promised is waited for so long, then its question is acknowledged;
    `acknowledge_within`: what cannot be promised until then is not acknowledged.
    """

    body_bytes: int = 256 * 1024
    typing_after: float = 1.0
    working_after: float = 2.0
    update_every: float = 2.0
    acknowledge_after: float = 2.0
    acknowledge_within: float = 13.0
    invoke_within: float = 8.0
    search_within: float = 4.0
    turn_seconds: float = 300.0
    turns: int = 256
    turns_per_person: int = 8
