"""The sums of rows by fields, as `groupby` answers them. Pure."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from bot.domain.licensing import Field
from bot.simulator.partner_center.world.world_models import Customer, SoldProduct, World

USAGE_COUNTS = ("licensesActive", "licensesQualified")
_OF_CUSTOMER = (Field.CUSTOMER_TENANT_ID, Field.CUSTOMER_NAME)


def grouped_rows(
    world: World,
    rows: Iterable[int],
    fields: Sequence[Field],
    weeks: Mapping[str, int],
    counted: tuple[str, str] = USAGE_COUNTS,
) -> list[bytes]:
    """Return one JSON object per group, in the order in which groups first appear.

    `weeks` as in `response_bodies.usage_rows`. `counted` are the names of the two sums.

    "The returned data rows will contain the fields specified in the groupby parameter and the following:
    licensesActive, licensesQualified": so no processedDateTime.
    https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#uri-parameters
    """
    week = [weeks.get(offer.service.code, 0) for offer in world.offers]
    of_offer = [tuple(_of_offer(offer, field) for field in fields) for offer in world.offers]
    sums: dict[tuple[tuple[str, ...], tuple[str, ...]], list[int]] = {}
    last = -1
    of_customer: tuple[str, ...] = ()
    for row in rows:
        if world.owner[row] != last:
            last = world.owner[row]
            of_customer = tuple(_of_customer(world.customers[last], field) for field in fields)
        offer = world.offer[row]
        active, qualified = world.counts(row, week[offer])
        group = sums.setdefault((of_customer, of_offer[offer]), [0, 0])
        group[0] += active
        group[1] += qualified
    return [
        msgspec.json.encode(_labels(fields, *labels) | dict(zip(counted, counts, strict=True)))
        for labels, counts in sums.items()
    ]


def _labels(fields: Sequence[Field], of_customer: tuple[str, ...], of_offer: tuple[str, ...]) -> dict[str, str | int]:
    return {field.value: mine or theirs for field, mine, theirs in zip(fields, of_customer, of_offer, strict=True)}


def _of_offer(offer: SoldProduct, field: Field) -> str:
    return "" if field in _OF_CUSTOMER else offer.value(field)


def _of_customer(customer: Customer, field: Field) -> str:
    if field is Field.CUSTOMER_TENANT_ID:
        return customer.id
    return customer.name if field is Field.CUSTOMER_NAME else ""
