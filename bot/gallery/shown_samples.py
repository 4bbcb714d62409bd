"""Which samples and languages are shown. Pure."""

from collections.abc import Sequence

from bot.errors import GalleryError
from bot.gallery.samples.samples import SAMPLES
from cards.wording import pseudo_locale
from cards.wording.locale_words import available


def chosen_samples(wanted: Sequence[str]) -> tuple[str, ...]:
    """Return the names of all samples, or those that are `wanted`. Raises GalleryError if there is none of a name."""
    for name in wanted:
        if name not in SAMPLES:
            raise GalleryError(f"There is no card {name}. The cards are: {', '.join(SAMPLES)}.")
    return tuple(wanted) or tuple(SAMPLES)


def chosen_locales(wanted: Sequence[str], *, pseudo: bool = False) -> tuple[str, ...]:
    """Return all languages that cards have, or those that are `wanted`.

    With `pseudo`, also the pseudo-locale.
    """
    own = tuple(wanted) or available()
    return tuple(dict.fromkeys((*own, pseudo_locale.LOCALE) if pseudo else own))
