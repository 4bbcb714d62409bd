"""Which ids of one source are those of another, and how sure that is. Pure.

What is not in this table is never joined. Names are in it nowhere: two products can have one name, and one product has
several.
"""

from dataclasses import dataclass
from enum import StrEnum


class Certainty(StrEnum):
    """How sure it is that two ids mean the same."""

    SEEN = "yes, in each documented sample"
    EXPECTED = "expected, by what the documents call it"
    BY_TABLE = "no: only by `offer_skus.json`"


@dataclass(frozen=True, slots=True)
class JoinKey:
    """An id of one source that is an id of another.

    `note` is what has to be minded when the two are joined.
    """

    left: str
    right: str
    certainty: Certainty
    note: str


JOIN_KEYS = (
    JoinKey(
        "`customerTenantId` of the reports and analytics",
        "the customer's id everywhere else",
        Certainty.SEEN,
        "upper case here, lower case there",
    ),
    JoinKey(
        "`productId` of the reports",
        "`skuId` of Entra",
        Certainty.SEEN,
        "upper case here, lower case there",
    ),
    JoinKey(
        "a row of sold licenses (customer, product, channel)",
        "rows of usage (customer, product, channel, workload)",
        Certainty.EXPECTED,
        "one to many: sold licenses are never added once a workload; the days may differ",
    ),
    JoinKey(
        "`id` of the subscription analytics",
        "`id` of a customer's subscriptions",
        Certainty.EXPECTED,
        "upper case here, lower case there",
    ),
    JoinKey(
        "`offerId` of a customer's subscriptions",
        "`productId` of the reports",
        Certainty.BY_TABLE,
        "an offer of the older commerce names its product where offers are read: `product.id` is the `skuId`",
    ),
)


def document_table() -> str:
    """Return the keys as the table of the documents."""
    rows = [f"| {each.left} | {each.right} | {each.certainty} | {each.note} |" for each in JOIN_KEYS]
    return "\n".join(["| This | Is | Holds | Mind |", "|---|---|---|---|", *rows])
