"""The nouns of the field as types. Pure: knows no I/O, no clock, no SDK.

Field names and their meaning: "Get licenses usage information",
https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec


class Field(StrEnum):
    """The nine fields that `filter` and `groupby` accept, spelled as the API spells them."""

    WORKLOAD_CODE = "workloadCode"
    WORKLOAD_NAME = "workloadName"
    SERVICE_CODE = "serviceCode"
    SERVICE_NAME = "serviceName"
    CHANNEL = "channel"
    CUSTOMER_TENANT_ID = "customerTenantId"
    CUSTOMER_NAME = "customerName"
    PRODUCT_ID = "productId"
    PRODUCT_NAME = "productName"


class Dimension(StrEnum):
    """What usage can be listed by, and what a name in a question can be the name of."""

    CUSTOMER = "customer"
    WORKLOAD = "workload"
    SERVICE = "service"
    PRODUCT = "product"
    CHANNEL = "channel"

    @property
    def id_field(self) -> Field:
        """The field whose value identifies a member: filters use it, because names are not unique."""
        return _FIELDS[self][0]

    @property
    def name_field(self) -> Field:
        """The field whose value a person reads."""
        return _FIELDS[self][1]


_FIELDS: dict[Dimension, tuple[Field, Field]] = {
    Dimension.CUSTOMER: (Field.CUSTOMER_TENANT_ID, Field.CUSTOMER_NAME),
    Dimension.WORKLOAD: (Field.WORKLOAD_CODE, Field.WORKLOAD_NAME),
    Dimension.SERVICE: (Field.SERVICE_CODE, Field.SERVICE_NAME),
    Dimension.PRODUCT: (Field.PRODUCT_ID, Field.PRODUCT_NAME),
    Dimension.CHANNEL: (Field.CHANNEL, Field.CHANNEL),
}


# A number of licenses. More than a float holds exactly is no number of licenses, and less than none is neither.
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class UsageRow(
    msgspec.Struct,
    frozen=True,
    gc=False,
    rename={
        "workload_code": "workloadCode",
        "workload": "workloadName",
        "service_code": "serviceCode",
        "service": "serviceName",
        "customer_id": "customerTenantId",
        "customer": "customerName",
        "product_id": "productId",
        "product": "productName",
        "processed": "processedDateTime",
        "qualified": "licensesQualified",
        "licenses_active": "licensesActive",
        "license_active": "licenseActive",
    },
):
    """One row of the report: one customer, one product, one workload.

    A grouped row carries only the fields it is grouped by; the others are empty. The documents' sample
    spells `licenseActive`, their field table `licensesActive`: both are read, the table's wins.
    `processed` is the text the API sent (three shapes are in use; see `partner_center.protocol`).
    """

    workload_code: str | None = None
    workload: str | None = None
    service_code: str | None = None
    service: str | None = None
    channel: str | None = None
    customer_id: str | None = None
    customer: str | None = None
    product_id: str | None = None
    product: str | None = None
    processed: str | None = None
    qualified: Count | None = None
    licenses_active: Count | None = None
    license_active: Count | None = None

    @property
    def active(self) -> int:
        """Licenses used in the last 28 days."""
        if self.licenses_active is not None:
            return self.licenses_active
        return self.license_active or 0


@dataclass(frozen=True, slots=True)
class Share:
    """Active against qualified licenses.

    `qualified` is the number of licenses that entitle somebody to the workload, `active` how many of them were
    used within 28 days. Sums over products are not head counts: one person may qualify through two.
    """

    active: int
    qualified: int

    def __add__(self, other: "Share") -> "Share":
        return Share(self.active + other.active, self.qualified + other.qualified)

    @property
    def fraction(self) -> float | None:
        """Active per qualified; over 1 stays over 1; None ("n/a") where nobody qualifies."""
        return self.active / self.qualified if self.qualified else None


@dataclass(frozen=True, slots=True)
class Entry:
    """A customer, workload, service, product or channel that this user can see.

    `id` is what goes into a filter (tenant id, code, product id, channel), `name` what a person reads.
    """

    dimension: Dimension
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class ServiceDate:
    """The day a service's figures were processed: services are processed on different days."""

    service: str
    day: date
