"""A body -> rows, next link, total. Pure.

Any bytes give a ReportPage or an UnreadablePageError. The common shape is decoded straight into rows. A body that does
not fit is decoded again, leniently and row by row: one odd row is no reason to refuse the others. The current report
has `Value`, `@nextLink` and `TotalCount`; the superseded one has `items` and `totalCount`; similar reports are printed
as a bare object:
https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-deployment-information#response-example
https://learn.microsoft.com/en-us/partner-center/developer/get-customer-licenses-usage-information#response-example
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from bot.domain.licensing import DeploymentRow, UsageRow, has_figures
from bot.domain.report_kind import ReportKind
from bot.partner_center.protocol.answer_page import ROW_PLACES, AnswerPage, UnreadablePageError, read_page
from bot.partner_center.protocol.lenient_json import decode_leniently, unmarked
from bot.partner_center.protocol.problem_members import says_problem
from bot.partner_center.protocol.row_reading import read_row
from bot.partner_center.protocol.row_shape import SHAPES, RowShape


@dataclass(frozen=True, slots=True)
class ReportPage(AnswerPage[UsageRow]):
    """One page of a report."""

    @property
    def doubtful(self) -> bool:
        """Return True if it is worth asking again.

        There is an error beside the rows, or no row has figures.
        """
        return self.error or (self.count > 0 and not any(map(has_figures, self.rows)))


TypedRow = TypeVar("TypedRow", bound=UsageRow)
Link = str | None
Total = int | None


class _Envelope(msgspec.Struct, Generic[TypedRow], gc=False):
    capital: list[TypedRow] | UnsetType | None = msgspec.field(name="Value", default=UNSET)
    small: list[TypedRow] | UnsetType | None = msgspec.field(name="value", default=UNSET)
    items: list[TypedRow] | UnsetType | None = UNSET
    link: Link = msgspec.field(name="@nextLink", default=None)
    plain_link: Link = msgspec.field(name="nextLink", default=None)
    odata_link: Link = msgspec.field(name="@odata.nextLink", default=None)
    total: Total = msgspec.field(name="TotalCount", default=None)
    small_total: Total = msgspec.field(name="totalCount", default=None)
    # Members that are null in a page; an object, a list or a text makes the typed decode fail.
    error: None = None
    capital_error: None = msgspec.field(name="Error", default=None)
    errors: None = None
    capital_errors: None = msgspec.field(name="Errors", default=None)
    code: None = None


class _KnownEnvelope(_Envelope[TypedRow], Generic[TypedRow], gc=False, forbid_unknown_fields=True):
    """An envelope without members that may say that something is wrong."""


# strict=False accepts counts written as 12, 12.0 or "12": Microsoft's samples have all three.
_KNOWN: Mapping[ReportKind, msgspec.json.Decoder[_Envelope[Any]]] = {
    ReportKind.USAGE: msgspec.json.Decoder(_KnownEnvelope[UsageRow], strict=False),
    ReportKind.DEPLOYMENT: msgspec.json.Decoder(_KnownEnvelope[DeploymentRow], strict=False),
}
_ANY: Mapping[ReportKind, msgspec.json.Decoder[_Envelope[Any]]] = {
    ReportKind.USAGE: msgspec.json.Decoder(_Envelope[UsageRow], strict=False),
    ReportKind.DEPLOYMENT: msgspec.json.Decoder(_Envelope[DeploymentRow], strict=False),
}
_MEMBERS = msgspec.json.Decoder(dict[str, msgspec.Raw])


def decode_page(
    body: bytes | bytearray, charset: str | None = None, report: ReportKind = ReportKind.USAGE
) -> ReportPage:
    """Decode a body, with or without byte order marks.

    `charset` is what the answer's Content-Type names, if anything. Raises UnreadablePageError when the body is not a
    page. Bodies begin with a byte order mark: https://github.com/Azure/msrest-for-python/issues/144
    """
    page = decode_common_page(body, report)
    return decode_odd_page(body, charset, report) if page is None else page


def decode_common_page(body: bytes | bytearray, report: ReportKind) -> ReportPage | None:
    """Decode a body of the common shape, None if it has another.

    Takes 5 ms for 10,000 rows.
    """
    try:
        page = _typed(unmarked(body), report)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None  # not the JSON of the standard; a lenient reader may still find the rows
    return page if page is not None and _understood(page.rows, SHAPES[report]) else None


def decode_odd_page(body: bytes | bytearray, charset: str | None, report: ReportKind) -> ReportPage:
    """Decode a body of any shape, row by row. Takes 70 ms for 10,000 rows."""
    try:
        page = read_page(decode_leniently(bytes(unmarked(body)), charset), partial(read_row, shape=SHAPES[report]))
    except (ValueError, RecursionError) as error:
        raise UnreadablePageError(f"the answer cannot be read: {str(error)[:200]}") from None
    return ReportPage(page.rows, page.next_link, page.total, page.unusable, page.error)


def _typed(content: memoryview, report: ReportKind) -> ReportPage | None:
    found = _enveloped(content, report)
    if found is None:
        return None
    present = [rows for rows in (found.capital, found.small, found.items) if not isinstance(rows, UnsetType)]
    if len(present) != 1:
        return None
    link = found.link or found.plain_link or found.odata_link or None
    total = found.total if found.total is not None else found.small_total
    return ReportPage(present[0] or [], link, total if total is None or total >= 0 else None)


def _enveloped(content: memoryview, report: ReportKind) -> _Envelope[Any] | None:
    """Decode an envelope with members of its own; None if one of them says that something is wrong."""
    try:
        return _KNOWN[report].decode(content)
    except msgspec.ValidationError:
        pass
    try:
        found = _ANY[report].decode(content)
        other = {name: raw for name, raw in _MEMBERS.decode(content).items() if name.casefold() not in ROW_PLACES}
    except msgspec.ValidationError:
        return None
    return None if says_problem({name: msgspec.json.decode(raw) for name, raw in other.items()}) else found


def _understood(rows: list[UsageRow], shape: RowShape) -> bool:
    """Return True if the rows' keys were recognized.

    A service may write them in another case.
    """
    if not rows:
        return True
    return has_figures(rows[0]) and shape.blank not in rows
