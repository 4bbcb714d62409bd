"""480 customers with their licenses of one workload, most unused first: the rows of long lists and of digests. Pure."""

from dataclasses import dataclass

from bot.gallery.samples.sample_figures import shown
from cards.views.usage_views import Figures

COUNT = 480


@dataclass(frozen=True, slots=True)
class SampleCustomer:
    """A customer, with its figures now and at the time of the last digest.

    `before` is None if it was not a customer then.
    """

    name: str
    now: Figures
    before: Figures | None

    @property
    def kind(self) -> str:
        """Return what a digest says of its change, "" if there is none."""
        if self.before is None:
            return "came"
        if self.now == self.before:
            return ""
        if bool(self.now.active) is bool(self.before.active):
            return "moves"
        return "adopted" if self.now.active else "idle"

    @property
    def moved(self) -> int:
        """Return how many licenses came into or went out of use."""
        return abs(self.now.active - (0 if self.before is None else self.before.active))


_CHANGED = (
    SampleCustomer("Contoso Berlin", shown(0, 620), shown(12, 620)),
    SampleCustomer("Contoso Lyon", shown(31, 540), shown(0, 540)),
    SampleCustomer("Contoso Gent", shown(310, 700), shown(96, 640)),
    SampleCustomer("Contoso Pécs", shown(331, 650), shown(399, 650)),
    SampleCustomer("Contoso Delft", shown(0, 300), None),
)
_MOVED = 209  # further customers that moved a little


def _customer(at: int) -> SampleCustomer:
    """Return one of the others: the later, the fewer are unused."""
    last = COUNT - len(_CHANGED) - 1
    unused, active = 290 * (last - at) ** 2 // last**2, 40 + at * 37 % 211
    before = active - 1 - at % 5 if at < _MOVED else active
    return SampleCustomer(
        f"Contoso {at + len(_CHANGED) + 1}", shown(active, active + unused), shown(before, active + unused)
    )


CUSTOMERS = (*_CHANGED, *map(_customer, range(COUNT - len(_CHANGED))))
