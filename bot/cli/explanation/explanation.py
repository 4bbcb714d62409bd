"""What was understood of one sentence, as data for programs. Pure.

The keys are stable.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

Meaning = Mapping[str, object]


class Outcome(StrEnum):
    """What the bot would do with a sentence."""

    ANSWER = "answer"
    ASK = "ask"  # something is missing, or several things have the name
    REFUSE = "refuse"  # not understood or not possible
    HELP = "help"  # a greeting, thanks, or a call for help


class WhyKind(StrEnum):
    """The reason why a sentence is not answered."""

    SEVERAL = "several"
    NO_SUCH_NAME = "no_such_name"
    MISSING = "missing"
    NOT_UNDERSTOOD = "not_understood"
    IMPOSSIBLE = "impossible"
    CONFLICT = "conflict"
    NOT_OFFERED = "not_offered"


@dataclass(frozen=True, slots=True)
class Why:
    """The reason in detail.

    `what` is the name, the words or the kind of thing that is missing; `text` is what the person reads.
    """

    kind: WhyKind
    what: str
    text: str


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A part of the typed text.

    `text` is at the 0-based offset `at`. `taken_for` is a field of the meaning or a dimension.
    """

    text: str
    at: int
    taken_for: str


@dataclass(frozen=True, slots=True)
class OfferedSentence:
    """A whole sentence that may be meant, and the title of its button."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was understood of a sentence.

    `meaning` is None if nothing was understood, `why` if the sentence is answered. `corrected` are names and keywords
    as typed and as understood.
    """

    outcome: Outcome
    meaning: Meaning | None
    why: Why | None = None
    choices: tuple[OfferedSentence, ...] = ()
    understood: tuple[TextSpan, ...] = ()
    not_understood: tuple[TextSpan, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()


def as_fields(identity: str | int, explanation: Explanation) -> dict[str, object]:
    """Return one line of the output, as a JSON object.

    `identity` is the id of the sentence.
    """
    why = explanation.why
    return {
        "id": identity,
        "outcome": explanation.outcome.value,
        "meaning": explanation.meaning,
        "why": {"kind": why.kind.value, "what": why.what, "text": why.text} if why else None,
        "choices": [{"label": each.label, "text": each.text} for each in explanation.choices],
        "understood": [{**_place(span), "as": span.taken_for} for span in explanation.understood],
        "not_understood": _places(explanation.not_understood),
        "corrected": [{"typed": typed, "taken": taken} for typed, taken in explanation.corrected],
    }


def _places(spans: Sequence[TextSpan]) -> list[dict[str, object]]:
    return [_place(span) for span in spans]


def _place(span: TextSpan) -> dict[str, object]:
    return {"text": span.text, "at": span.at}
