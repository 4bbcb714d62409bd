"""The types of the licensing domain. Pure: no I/O, no clock, no SDK.

Field names and their meaning: "Get licenses usage information",
https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

import msgspec


class Field(StrEnum):
    """The nine fields that `filter` and `groupby` accept, in the API's spelling."""

    WORKLOAD_CODE = "workloadCode"
    WORKLOAD_NAME = "workloadName"
    SERVICE_CODE = "serviceCode"
    SERVICE_NAME = "serviceName"
    CHANNEL = "channel"
    CUSTOMER_TENANT_ID = "customerTenantId"
    CUSTOMER_NAME = "customerName"
    PRODUCT_ID = "productId"
    PRODUCT_NAME = "productName"


# The fields of the deployment report, which has no workloads.
# https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-deployment-information#uri-parameters
DEPLOYMENT_FIELDS = frozenset(Field) - {Field.WORKLOAD_CODE, Field.WORKLOAD_NAME}


class Dimension(StrEnum):
    """What usage can be listed by.

    A name in a question is the name of a member of one dimension.
    """

    CUSTOMER = "customer"
    WORKLOAD = "workload"
    SERVICE = "service"
    PRODUCT = "product"
    CHANNEL = "channel"

    @property
    def id_field(self) -> Field:
        """Return the field that identifies a member.

        Filters use it, because names are not unique.
        """
        return COLUMNS[self][0].field

    @property
    def name_field(self) -> Field:
        """Return the field whose value is shown to a person."""
        return COLUMNS[self][1].field

    @property
    def id_attribute(self) -> str:
        """Return the attribute of a row that has the id."""
        return COLUMNS[self][0].attribute

    @property
    def name_attribute(self) -> str:
        """Return the attribute of a row that has the name."""
        return COLUMNS[self][1].attribute


@dataclass(frozen=True, slots=True)
class RowColumn:
    """A field of the report, and the attribute of a `UsageRow` that has its value."""

    field: Field
    attribute: str


# Id and name of each dimension: what is read, filtered, grouped and summed loops over this table.
COLUMNS: Mapping[Dimension, tuple[RowColumn, RowColumn]] = {
    Dimension.CUSTOMER: (
        RowColumn(Field.CUSTOMER_TENANT_ID, "customer_id"),
        RowColumn(Field.CUSTOMER_NAME, "customer"),
    ),
    Dimension.WORKLOAD: (RowColumn(Field.WORKLOAD_CODE, "workload_code"), RowColumn(Field.WORKLOAD_NAME, "workload")),
    Dimension.SERVICE: (RowColumn(Field.SERVICE_CODE, "service_code"), RowColumn(Field.SERVICE_NAME, "service")),
    Dimension.PRODUCT: (RowColumn(Field.PRODUCT_ID, "product_id"), RowColumn(Field.PRODUCT_NAME, "product")),
    Dimension.CHANNEL: (RowColumn(Field.CHANNEL, "channel"), RowColumn(Field.CHANNEL, "channel")),
}


# The most licenses that one row can have. There are fewer people than this with a license of any product, and the
# largest values of 32-bit and 64-bit integers, which mean "unknown" in some services, are above it.
COUNT_LIMIT = 1_000_000_000
Count = Annotated[int, msgspec.Meta(ge=0, le=COUNT_LIMIT)]


_TEXTS = {column.attribute: column.field.value for columns in COLUMNS.values() for column in columns} | {
    "processed": "processedDateTime"
}


class UsageRow(
    msgspec.Struct,
    frozen=True,
    gc=False,
    rename=_TEXTS
    | {
        "qualified": "licensesQualified",
        "licenses_active": "licensesActive",
        "license_active": "licenseActive",
    },
):
    """One row of the report: one customer, one product, one workload.

    A grouped row carries only the fields it is grouped by; the others are None. The sample in Microsoft's page spells
    `licenseActive`, its field table `licensesActive`. Both are read; if a row has both, `licensesActive` is used.
    The fields are in the order of Microsoft's sample: a page is decoded a tenth faster if they come in this order.
    `processed` is the text that the API sent (three shapes are in use; see `bot.query.sums.processed_day`).
    `has_workload`: a row without a workload lacks something, and may be any row of its product.
    """

    has_workload: ClassVar[bool] = True

    processed: str | None = None
    workload_code: str | None = None
    workload: str | None = None
    service_code: str | None = None
    service: str | None = None
    channel: str | None = None
    customer_id: str | None = None
    customer: str | None = None
    product_id: str | None = None
    product: str | None = None
    license_active: Count | None = None
    licenses_active: Count | None = None
    qualified: Count | None = None

    @property
    def active(self) -> int | None:
        """Return the number of licenses used in the last 28 days.

        None if the row lacks it.
        """
        return self.licenses_active if self.licenses_active is not None else self.license_active


class DeploymentRow(
    UsageRow,
    frozen=True,
    gc=False,
    rename=_TEXTS
    | {
        "qualified": "licensesSold",
        "licenses_active": "licensesDeployed",
        "license_active": "licenseDeployed",
    },
):
    """One row of the deployment report: one customer and one product.

    So that everything that sums, compares and shows usage does the same with sold licenses, the licenses that were sold
    are in place of the qualified ones, and those that were assigned to people in place of the active ones. There is no
    workload. The counts are of all suppliers of the customer together.
    Every field is declared again: an inherited one keeps the name that it has in the other report. The fields are in
    the order of Microsoft's sample.
    """

    has_workload: ClassVar[bool] = False

    processed: str | None = None
    service_code: str | None = None
    service: str | None = None
    channel: str | None = None
    customer_id: str | None = None
    customer: str | None = None
    product_id: str | None = None
    product: str | None = None
    licenses_active: Count | None = None
    qualified: Count | None = None
    license_active: Count | None = None
    workload_code: str | None = None
    workload: str | None = None


def is_trial(row: UsageRow) -> bool:
    """Return True for a row with active licenses of which none is qualified.

    The activity of trials is counted, and their licenses are not qualified; so it is of a subscription that ran out.
    https://learn.microsoft.com/en-us/partner-center/increase-adoption-and-satisfaction
    """
    return row.qualified == 0 and row.active is not None and row.active > 0


def has_figures(row: UsageRow) -> bool:
    """Return True if the row has both numbers of licenses.

    A number that is missing is unknown, never zero.
    """
    return row.qualified is not None and row.active is not None


@dataclass(frozen=True, slots=True)
class Entry:
    """A customer, workload, service, product or channel that the caller can see.

    `id` is used in filters (tenant id, code, product id, channel), `name` is shown to a person. `detail` distinguishes
    it from others whose names look the same, "" if there are none. `has_id` is False if the service sent no id; `id` is
    then the name. Both are no part of what the entry is.
    """

    dimension: Dimension
    id: str
    name: str
    detail: str = field(default="", compare=False)
    has_id: bool = field(default=True, compare=False)

    @property
    def label(self) -> str:
        """Return the name as it is printed.

        `Contoso`, or `Contoso (contoso.com)` if another name looks the same.
        """
        return f"{self.name} ({self.detail})" if self.detail else self.name


@dataclass(frozen=True, slots=True)
class ServiceDate:
    """The day on which a service's figures were processed.

    It differs between services.
    """

    service: str
    day: date


class Customers(int):
    """A number of customers that were read, where the progress else counts pages."""
