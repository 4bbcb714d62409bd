"""Figures of one row, as the domain counts them and as a card shows them."""

from bot.domain.figures import LicenseFigures, Licenses
from bot.usage.shown_figures import shown_figures
from cards.views.usage_views import Figures


def of(active: int, qualified: int) -> LicenseFigures:
    return LicenseFigures(Licenses.of(active, qualified))


def shown(active: int, qualified: int) -> Figures:
    return shown_figures(of(active, qualified))
