"""Which words of a sentence are refused. Pure."""

from bot.domain.licensing import Dimension
from bot.language.composing.reason import Reason
from bot.language.reading.limits.seat_measures import WORKLOAD
from bot.language.reading.reading import Reading
from bot.names.product_words import shown_elsewhere
from bot.usage.onward.offered_instead import ONLY_SOLD

_WORKLOADS = (Dimension.WORKLOAD.value, "by")  # what a question about sold licenses cannot have
_NAMES = (Dimension.PRODUCT.value,)


def refused_words(reading: Reading, text: str) -> tuple[int, str]:
    """Return where the words begin in `text`, and the words.

    -1 if they are not in it: then they are of the question before, and are printed as they are spelled.
    """
    refused = reading.reason is Reason.NOT_OFFERED
    about: tuple[str, ...] = ("act",)
    if reading.what == WORKLOAD:
        about = _WORKLOADS
    elif is_only_sold(reading):
        about = _NAMES
    named = [span for span in reading.understood if span.taken_for in about]
    first = next(iter(reading.not_understood or (named if refused else ())), None)
    if first is not None:
        return first.at, first.text
    at = text.find(reading.what) if reading.what else -1
    if at >= 0 or not refused:
        return at, reading.what or text
    return -1, _of_before(reading) or text  # what is refused has a key, which is no word of a person


def is_only_sold(reading: Reading) -> bool:
    """Return True for the use of a product that was sold, if its use is not known."""
    known = reading.what == ONLY_SOLD or bool(shown_elsewhere(reading.what))
    return reading.reason is Reason.NOT_OFFERED and known


def _of_before(reading: Reading) -> str:
    """Return the workloads of the question before, as they are spelled; "" if it has none."""
    meaning = reading.meaning
    if meaning is None or reading.what not in (WORKLOAD, ONLY_SOLD):
        return ""
    wanted = Dimension.WORKLOAD if reading.what == WORKLOAD else Dimension.PRODUCT
    return ", ".join(each.entries[0].label for each in meaning.names if each.dimension is wanted)
