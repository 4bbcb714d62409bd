"""A body -> rows, next link, total. Pure, and total: any bytes give a Page or an UnreadableError.

The common shape is decoded straight into rows; what does not fit is looked at again, leniently, before it is refused.
The report has `Value`, `@nextLink` and `TotalCount`; the superseded one `items` and `totalCount`; sibling reports are
printed as a bare object:
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
    """The body is not a page; it may have been garbled on its way, so asking once more is worth it."""


@dataclass(frozen=True, slots=True)
class ReportPage:
    """`total` counts the rows of all pages, None where the answer does not say; so with `next_link`."""

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


# strict=False reads counts written as 12.0 or "12": the samples have all three.
_DECODER = msgspec.json.Decoder(_Envelope, strict=False)
_ROW_KEYS = {field.encode_name.casefold(): field.encode_name for field in msgspec.structs.fields(UsageRow)}
_ROW_PLACES = ("value", "items")
_LINK_PLACES = ("@nextlink", "nextlink", "@odata.nextlink")
_NO_ROW = UsageRow()


def decode_page(body: bytes | bytearray) -> ReportPage:
    """The page in a body, with or without a byte order mark (bodies begin with one:
    https://github.com/Azure/msrest-for-python/issues/144). Raises UnreadableError.
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
    """Whether the keys were the expected ones: they may be written in another case."""
    if not rows:
        return True
    first = rows[0]
    figures = (first.qualified, first.licenses_active, first.license_active)
    return figures != (None, None, None) and _NO_ROW not in rows


def _lenient(content: memoryview) -> ReportPage:
    """The same for other cases of letters, a list, a bare row, and one row where a list should be."""
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
