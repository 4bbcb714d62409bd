"""The list of customers: its parameters and its body. Pure.

It is as strict as the pages describe it.

https://learn.microsoft.com/en-us/partner-center/developer/get-a-list-of-customers
https://learn.microsoft.com/en-us/partner-center/developer/get-a-list-of-customers-by-filter
"""

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from bot.simulator.partner_center.wire.service_refusals import invalid
from bot.simulator.partner_center.world.response_bodies import BOM
from bot.simulator.partner_center.world.world_models import Customer

CONTINUATION = "MS-ContinuationToken"
PAGE_LIMIT = 500
_NAMES = ("size", "filter", "seekOperation")
_FIELDS = ("CompanyName", "Domain", "IndirectReseller", "IndirectCloudSolutionProvider")
_NUMBER = re.compile(r"[0-9]{1,9}")
_NO_WORD = re.compile(r"[^a-z0-9]+")


class _Filter(msgspec.Struct, rename="pascal", forbid_unknown_fields=True):
    field: str
    value: str
    operator: str


@dataclass(frozen=True, slots=True)
class CustomerQuery:
    """A parsed request.

    `size` customers from number `start` on, whose `field` starts with `value`.
    """

    size: int
    start: int = 0
    field: str = ""
    value: str = ""


def read_customer_query(pairs: Mapping[str, str], count: int, continuation: str | None) -> CustomerQuery:
    """Parse the parameters; `count` is how many were sent.

    `continuation` is the header's value.

    Raises ServiceRefusedError (400 3000) for an unknown or repeated name and for any value that is not as documented.
    """
    unknown = [name for name in pairs if name not in _NAMES]
    if unknown or count != len(pairs):
        raise invalid(f"The parameter {unknown[0]} is not supported." if unknown else "A parameter was sent twice.")
    if "seekOperation" in pairs:
        if pairs["seekOperation"] != "Next" or continuation is None:
            raise invalid(f"seekOperation takes Next, with the header {CONTINUATION}.")
        return _continued(continuation)
    size = pairs.get("size", "0")
    if not _NUMBER.fullmatch(size) or int(size) > PAGE_LIMIT:
        raise invalid(f"size must be a number up to {PAGE_LIMIT}.")
    field, value = _filter(pairs["filter"]) if "filter" in pairs else ("", "")
    return CustomerQuery(int(size) or PAGE_LIMIT, 0, field, value)


def customer_list(customers: Sequence[Customer], asked: CustomerQuery) -> bytes:
    """Return the page that `asked` asks for, with the token of the next one."""
    found = [customer for customer in customers if _fits(customer, asked)]
    after = asked.start + asked.size
    body: dict[str, Any] = {
        "totalCount": len(found),
        "items": [_item(customer) for customer in found[asked.start : after]],
        "links": {"self": {"uri": f"/customers?size={asked.size}", "method": "GET", "headers": []}},
        "attributes": {"objectType": "SeekBasedResourceCollection"},
    }
    if after < len(found):
        token = _token(CustomerQuery(asked.size, after, asked.field, asked.value))
        header = {"key": CONTINUATION, "value": token}
        body["continuationToken"] = token
        body["links"]["next"] = {"uri": "/customers?seekOperation=Next", "method": "GET", "headers": [header]}
    return BOM + msgspec.json.encode(body)


def domain_of(customer: Customer) -> str:
    """Return the customer's first domain. No two tenants have the same."""
    name = _NO_WORD.sub("", customer.name.casefold())[:16] or "tenant"
    return f"{name}{customer.id[-4:].lower()}.onmicrosoft.com"


def _filter(text: str) -> tuple[str, str]:
    try:
        asked = msgspec.json.decode(text, type=_Filter)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise invalid("filter must be a JSON object with Field, Value and Operator.") from None
    if asked.field not in _FIELDS or asked.operator != "starts_with":
        raise invalid(f"filter takes {', '.join(_FIELDS)} with the operator starts_with.")
    return asked.field, asked.value


def _fits(customer: Customer, asked: CustomerQuery) -> bool:
    if not asked.field:
        return True
    known = {"CompanyName": customer.name, "Domain": domain_of(customer)}
    return known.get(asked.field, "").casefold().startswith(asked.value.casefold())


def _item(customer: Customer) -> dict[str, Any]:
    # The list writes ids in lower case, the reports in upper case.
    id_ = customer.id.lower()
    return {
        "id": id_,
        "companyProfile": {
            "tenantId": id_,
            "domain": domain_of(customer),
            "companyName": customer.name,
            "attributes": {"objectType": "CustomerCompanyProfile"},
        },
        "relationshipToPartner": "reseller",
        "attributes": {"objectType": "Customer"},
    }


def _token(asked: CustomerQuery) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(asked)).decode()


def _continued(token: str) -> CustomerQuery:
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(token), type=CustomerQuery)
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        raise invalid("The continuation token is not valid.") from None
