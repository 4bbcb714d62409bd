"""A page of the customers' list -> domains by customer, next page's token. Pure.

https://learn.microsoft.com/en-us/partner-center/developer/get-a-list-of-customers
"""

import codecs
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from bot.partner_center.protocol.answer_page import UnreadablePageError

CONTINUATION = "MS-ContinuationToken"
# The most that the service accepts: https://github.com/PartnerCenterSamples/Partner-Center-SDK-Samples/issues/5
PAGE_SIZE = 500
TOKEN_LIMIT = 8_192  # a header's length; a token that is longer or has other characters is not sent back


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """`domains` by tenant id in lower case; `continuation` is None on the last page."""

    domains: Mapping[str, str]
    continuation: str | None = None

    @property
    def doubtful(self) -> bool:
        """Return False: a list that was damaged costs nothing but a domain beside a name."""
        return False


class _Profile(msgspec.Struct, rename="camel"):
    tenant_id: str | None = None
    domain: str | None = None


class _Customer(msgspec.Struct, rename="camel"):
    id: str | None = None
    company_profile: _Profile | None = None


class _Next(msgspec.Struct):
    headers: list[dict[str, str | None]] | None = None


class _Links(msgspec.Struct):
    next: _Next | None = None


class _List(msgspec.Struct, rename="camel"):
    items: list[_Customer]
    continuation_token: str | None = None
    links: _Links | None = None


_DECODER = msgspec.json.Decoder(_List)


def decode_customers(body: bytes | bytearray) -> CustomerPage:
    """Decode a body, with or without a byte order mark.

    Raises UnreadablePageError when it is no list of customers.
    """
    content = memoryview(body)
    if body.startswith(codecs.BOM_UTF8):
        content = content[len(codecs.BOM_UTF8) :]
    try:
        found = _DECODER.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadablePageError(f"the list of customers cannot be read: {str(error)[:200]}") from None
    domains = {}
    for customer in found.items:
        profile = customer.company_profile
        id_ = customer.id or (profile.tenant_id if profile else None)
        if id_ and profile and profile.domain and profile.domain.strip():
            domains[id_.casefold()] = " ".join(profile.domain.split())
    return CustomerPage(domains, _continuation(found))


def _continuation(found: _List) -> str | None:
    """Return the token of the next page. The page has it at the top, or as a header of the next link."""
    token = found.continuation_token
    if not token and found.links and found.links.next:
        named = (each for each in found.links.next.headers or () if each.get("key", "") == CONTINUATION)
        token = next((each.get("value") for each in named), None)
    usable = token and token.isascii() and token.isprintable() and len(token) <= TOKEN_LIMIT
    return token if usable else None
