"""A body -> rows, next link, total. Pure.

Any bytes give a ReportPage or an UnreadablePageError. The common shape is decoded straight into rows. A body that does
not fit is decoded again, leniently, before it is refused. The current report has `Value`, `@nextLink` and `TotalCount`;
the superseded one has `items` and `totalCount`; similar reports are printed as a bare object:
https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-deployment-information#response-example
https://learn.microsoft.com/en-us/partner-center/developer/get-customer-licenses-usage-information#response-example
"""

import codecs
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from bot.domain.licensing import UsageRow
from bot.errors import BadAnswerError


class UnreadablePageError(BadAnswerError):
    """The body is not a page.

    It may have been damaged in transit, so it is requested once more.
    """


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One page. `total` counts the rows of all pages.

    `total` and `next_link` are None if the answer lacks them.
    """

    rows: list[UsageRow]
    next_link: str | None = None
    total: int | None = None


Rows = list[UsageRow] | None | UnsetType
Link = str | None
Total = int | None


class _Envelope(msgspec.Struct, gc=False):
    capital: Rows = msgspec.field(name="Value", default=UNSET)
    small: Rows = msgspec.field(name="value", default=UNSET)
    items: Rows = UNSET
    link: Link = msgspec.field(name="@nextLink", default=None)
    plain_link: Link = msgspec.field(name="nextLink", default=None)
    odata_link: Link = msgspec.field(name="@odata.nextLink", default=None)
    total: Total = msgspec.field(name="TotalCount", default=None)
    small_total: Total = msgspec.field(name="totalCount", default=None)


# strict=False accepts counts written as 12, 12.0 or "12": Microsoft's samples have all three.
_DECODER = msgspec.json.Decoder(_Envelope, strict=False)
_ROW_KEYS = {field.encode_name.casefold(): field.encode_name for field in msgspec.structs.fields(UsageRow)}
_ROW_PLACES = ("value", "items")
_LINK_PLACES = ("@nextlink", "nextlink", "@odata.nextlink")
_NO_ROW = UsageRow()


def decode_page(body: bytes | bytearray) -> ReportPage:
    """Decode a body, with or without a byte order mark.

    Raises UnreadablePageError when it is not a page. Bodies begin with a byte order mark:
    https://github.com/Azure/msrest-for-python/issues/144
    """
    content = memoryview(body)
    if body.startswith(codecs.BOM_UTF8):
        content = content[len(codecs.BOM_UTF8) :]
    try:
        page = _typed(content)
        return page if page is not None and _understood(page.rows) else _lenient(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadablePageError(f"the answer cannot be read: {str(error)[:200]}") from None


def _typed(content: memoryview) -> ReportPage | None:
    try:
        found = _DECODER.decode(content)
    except msgspec.ValidationError:
        return None
    present = [rows for rows in (found.capital, found.small, found.items) if not isinstance(rows, UnsetType)]
    if len(present) != 1:
        return None
    link = found.link or found.plain_link or found.odata_link or None
    total = found.total if found.total is not None else found.small_total
    return ReportPage(present[0] or [], link, total if total is None or total >= 0 else None)


def _understood(rows: list[UsageRow]) -> bool:
    """Return True if the rows' keys were recognized.

    A service may write them in another case.
    """
    if not rows:
        return True
    first = rows[0]
    figures = (first.qualified, first.licenses_active, first.license_active)
    return figures != (None, None, None) and _NO_ROW not in rows


def _lenient(content: memoryview) -> ReportPage:
    """Decode keys in any case, a list, a bare row, and one row in place of a list."""
    answer = msgspec.json.decode(content)
    if isinstance(answer, list):
        return ReportPage(_rows(answer))
    if not isinstance(answer, dict):
        raise UnreadablePageError("the answer is neither an object nor a list")
    members: dict[str, Any] = {key.casefold(): value for key, value in answer.items()}
    places = [place for place in _ROW_PLACES if place in members]
    if not places:
        return ReportPage(_rows([answer]))
    links = [members[place] for place in _LINK_PLACES if members.get(place)]
    total = msgspec.convert(members.get("totalcount"), Total, strict=False)
    link = msgspec.convert(links[0] if links else None, Link)
    return ReportPage(_rows(members[places[0]]), link, total if total is None or total >= 0 else None)


def _rows(found: Any) -> list[UsageRow]:
    listed = found if isinstance(found, list) else [] if found is None else [found]
    rows = msgspec.convert([_canonical(row) for row in listed], list[UsageRow], strict=False)
    if _NO_ROW in rows:
        raise UnreadablePageError("the answer has rows without any field of the report")
    return rows


def _canonical(row: Any) -> Any:
    if not isinstance(row, Mapping):
        return row
    return {_ROW_KEYS.get(str(key).casefold(), key): value for key, value in row.items()}
