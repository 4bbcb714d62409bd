"""Damage a correct body as the faults say. Pure."""

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec

from bot.simulator.partner_center.faults.fault_types import (
    ChangedNames,
    Counts,
    Dates,
    Days,
    Envelope,
    Fault,
    NextLink,
    NoBom,
    OddRow,
    OnBody,
    OnContent,
    Total,
    WrongTypes,
)
from bot.simulator.partner_center.faults.odd_rows import with_odd_row, with_other_days
from bot.simulator.partner_center.wire.link_forms import FORMS, absolute, in_form
from bot.simulator.partner_center.world.response_bodies import BOM

_COUNTS = ("licenseActive", "licensesActive", "licensesQualified", "licensesDeployed", "licensesSold")
_WHOLE = ("licensesQualified", "licensesSold", "licenseCount", "quantity")
_SHAPELESS = {"not_json": b"<html>Bad Gateway</html>", "empty": b"", "null": b"null", "number": b"42"}


def damaged(body: bytes, faults: Iterable[Fault], address: str) -> bytes:
    """Return the damaged body.

    `address` is the requested one (a link to itself needs it). The envelope is renamed last, and once.
    """
    mark, content = (BOM, body[len(BOM) :]) if body.startswith(BOM) else (b"", body)
    on_body = [fault for fault in faults if isinstance(fault, OnBody)]
    if any(isinstance(fault, NoBom) for fault in on_body):
        mark = b""
    for fault in on_body:
        if isinstance(fault, WrongTypes) and fault.form in _SHAPELESS:
            return mark + _SHAPELESS[fault.form]
    on_content: list[OnContent] = [fault for fault in on_body if not isinstance(fault, NoBom | Envelope)]
    on_content += [fault for fault in on_body if isinstance(fault, Envelope)][:1]
    if not on_content:
        return mark + content
    changed = msgspec.json.decode(content)
    if not {"Value", "items"} & changed.keys():
        return mark + content  # a row without an envelope
    for fault in on_content:
        changed = _change(fault, address)(changed)
    return mark + msgspec.json.encode(changed)


def _change(fault: OnContent, address: str) -> Callable[[Any], Any]:
    """Return the function that applies the fault to the decoded body."""
    match fault:
        case WrongTypes(form=form) | Envelope(form=form):
            return (_WRONG | _ENVELOPES)[form]
        case NextLink():
            return _relinked(fault, address)
        case Total(form=form):
            return _retotalled(form)
        case _:
            return _row_change(fault, address)


def _row_change(fault: Dates | Counts | OddRow | ChangedNames | Days, address: str) -> Callable[[Any], Any]:
    match fault:
        case Dates(form=form):
            return _redated(form)
        case Counts(form=form):
            return _recounted(form)
        case ChangedNames():
            return _each_row(_rename) if is_further(address) else lambda content: content
        case Days(form=form):
            return lambda content: with_other_days(content, _rows(content), form)
        case OddRow(form=form, place=place):
            return lambda content: with_odd_row(content, _rows(content), form, place)


def _rows_member(content: Any) -> str:
    """Return the name of the member that holds the rows: the superseded report has another one."""
    return "items" if "items" in content else "Value"


def _rows(content: Any) -> list[Any]:
    rows = content[_rows_member(content)]
    return rows if isinstance(rows, list) else []


def _each_row(change: Callable[[dict[str, Any]], None]) -> Callable[[Any], Any]:
    def step(content: Any) -> Any:
        for row in _rows(content):
            if isinstance(row, dict):
                change(row)
        return content

    return step


def _replace_rows(value: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda content: content | {_rows_member(content): value(content)}


def is_further(address: str) -> bool:
    """Return True for the address of a page that is not the first."""
    return parse_qs(urlsplit(address).query).get("skip", ["0"])[0].strip("0") != ""


def _rename(row: dict[str, Any]) -> None:
    row.update(
        {name: f"{row[name]} (new)" for name in ("customerName", "productName") if isinstance(row.get(name), str)}
    )


def _text_count(row: dict[str, Any]) -> None:
    row.update({name: "many" for name in _WHOLE if name in row})


_WRONG: dict[str, Callable[[Any], Any]] = {
    "value_object": _replace_rows(lambda _: {"rows": 1}),
    "value_null": _replace_rows(lambda _: None),
    "text_rows": _replace_rows(lambda content: [str(row) for row in _rows(content)]),
    "text_count": _each_row(_text_count),
}


def _relinked(fault: NextLink, address: str) -> Callable[[Any], Any]:
    def link(content: Any) -> Any:
        # Another fault may have made something else of it before.
        link_before = content.get("@nextLink")
        right = absolute(address, link_before) if isinstance(link_before, str) else None
        if fault.form == "overlap" and right:
            del _rows(content)[1:2]
        if fault.form in FORMS:
            return content | {"@nextLink": right and in_form(right, fault.form)}
        return content | {"@nextLink": _wrong_link(fault, address, right)}

    return link


def _wrong_link(fault: NextLink, address: str, right: str | None) -> str | int | None:
    parts = urlsplit(right or address)
    links: dict[str, str | int | None] = {
        "foreign": fault.address.rstrip("/") + parts._replace(scheme="", netloc="").geturl(),
        "scheme": parts._replace(scheme="https").geturl(),
        "port": parts._replace(netloc=f"{parts.hostname}:9").geturl(),
        "self": address,
        "number": 7,
        "overlap": right and re.sub(r"(?<=[?&]skip=)\d+", lambda skip: str(int(skip[0]) - 1), right),
        "prefix_twice": right and right.replace("/v1/", "/v1//v1/", 1),
        "text": "the next page",
        "unreadable": "http://[",
    }
    return links.get(fault.form)


def _redated(form: str) -> Callable[[Any], Any]:
    ending = {"offset": "+00:00", "z": "Z", "fraction": ".21Z"}[form]

    def change(row: dict[str, Any]) -> None:
        if "processedDateTime" in row:
            row["processedDateTime"] = row["processedDateTime"].removesuffix("+00:00") + ending

    return _each_row(change)


def _recounted(form: str) -> Callable[[Any], Any]:
    written: type[str | float] = str if form == "text" else float

    def change(row: dict[str, Any]) -> None:
        row.update({name: written(row[name]) for name in _COUNTS if isinstance(row.get(name), int)})

    return _each_row(change)


def _retotalled(form: str) -> Callable[[Any], Any]:
    def step(content: Any) -> Any:
        name = "totalCount" if "items" in content else "TotalCount"
        total = int(content.pop(name, None) or 0)
        totals: dict[str, Any] = {
            "null": None,
            "text": str(total),
            "zero": 0,
            "negative": -1,
            "page": len(_rows(content)),
        }
        totals |= {"more": total + 1000, "less": total // 2}
        return content if form == "missing" else content | {name: totals[form]}

    return step


def _renamed(rows: str, link: str, total: str) -> Callable[[Any], Any]:
    return lambda content: {
        rows: content[_rows_member(content)],
        link: content.get("@nextLink"),
        **({total: content["TotalCount"]} if "TotalCount" in content else {}),
    }


_ENVELOPES: dict[str, Callable[[Any], Any]] = {
    "lower": _renamed("value", "nextLink", "totalCount"),
    "odata": _renamed("value", "@odata.nextLink", "@odata.count"),
    "items": _renamed("items", "nextLink", "totalCount"),
    "bare_list": lambda content: content[_rows_member(content)],
    "bare_row": lambda content: next(iter(_rows(content)), {}),
}
