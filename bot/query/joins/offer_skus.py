"""What was bought (an offer) -> the product of the reports (a SKU of Entra). Pure.

Reads its own packaged table, which has only what a document shows, each with its source. In new commerce an offer is
`product:sku:availability`; the availability is a price, so the first two identify what was bought. An older offer is a
GUID.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib import resources

import msgspec

from bot.domain.identifier import folded_id


class OfferSku(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the table. `source` shows both ids, and was `seen` on that day."""

    offer: str
    sku: str
    name: str
    source: str
    seen: date


class OfferSkus:
    """The table."""

    def __init__(self, rows: Iterable[OfferSku]) -> None:
        self._skus: Mapping[str, str] = {offer_key(each.offer): folded_id(each.sku) for each in rows}

    @classmethod
    @cache
    def packaged(cls) -> "OfferSkus":
        """Return the table that comes with the bot."""
        return cls(packaged_rows())

    def sku_of(self, offer_id: str | None) -> str | None:
        """Return the SKU of an offer, as ids compare; None if the table lacks it."""
        return self._skus.get(offer_key(offer_id)) or None


def offer_key(offer_id: str | None) -> str:
    """Return what identifies an offer, whatever its price; "" if there is none."""
    parts = (offer_id or "").split(":")
    return ":".join(filter(None, map(folded_id, parts[:2])))


def packaged_rows() -> list[OfferSku]:
    """Return the rows of the packaged table."""
    content = resources.files("bot.query.joins").joinpath("offer_skus.json").read_bytes()
    return msgspec.json.decode(content, type=list[OfferSku])
