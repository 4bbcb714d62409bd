"""Answers with oddities, made from rows whose truth is known.

Each oddity is one that a real service has shown: counts and days that are none, rows that are none, repeated rows, rows
of older days, ids in other spellings or none, lost rows, and pages in every form.
"""

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from bot.domain.licensing import Field
from bot.domain.report_kind import ReportKind
from bot.query.filters.expression import Eq

NEWEST = date(2026, 3, 10)
HOST = "http://127.0.0.1:1"
PATHS = {
    ReportKind.USAGE: "/partner/v1/analytics/commercial/usage/license",
    ReportKind.DEPLOYMENT: "/partner/v1/analytics/commercial/deployment/license",
}
# The names of the two counts, in each spelling that is read.
COUNTS = {
    ReportKind.USAGE: (("licensesActive", "licenseActive"), ("licensesQualified",)),
    ReportKind.DEPLOYMENT: (("licensesDeployed", "licenseDeployed"), ("licensesSold",)),
}
# What is asked for, and what a row has that the service sent nevertheless.
WANTED = {ReportKind.USAGE: Eq(Field.WORKLOAD_CODE, "EXO"), ReportKind.DEPLOYMENT: Eq(Field.SERVICE_CODE, "O365")}
UNWANTED = {ReportKind.USAGE: {"workloadCode": "SPO"}, ReportKind.DEPLOYMENT: {"serviceCode": "crm"}}

Key = tuple[int, int, str]  # customer, product, channel
NO_COUNTS = st.sampled_from(
    [None, -1, -0.5, 12.5, "many", "", "1,234", 10**12, 2**31 - 1, 1e300, True, [], {"value": 3}]
)
NO_DAYS = st.sampled_from(
    ["0001-01-01T00:00:00", "9999-12-31T23:59:59.9999999", "3/10/2026 12:00:00 AM", "soon", "2026-02-30", 20260310, [],
     "1970-01-01T00:00:00Z", "1900-01-01", "2079-06-06T00:00:00"]
)  # fmt: skip
NO_ROWS = st.sampled_from([None, 7, "x", [], {}, {"error": {"code": "1"}}, {"note": "end of report"}])
NO_IDS = st.sampled_from([None, "", "00000000-0000-0000-0000-000000000000", "\u200b"])


@dataclass
class Truth:
    """What is known of the rows that the service holds."""

    newest: dict[Key, tuple[int, int, int]] = field(default_factory=dict)  # key -> days ago, active, qualified
    alone: list[tuple[int, int, int]] = field(default_factory=list)
    unknown: int = 0
    unusable: int = 0
    repeated: int = 0
    removed: int = 0
    missing: int = 0


@dataclass
class OddAnswer:
    """The pages by what is asked for, and the truth."""

    report: ReportKind
    truth: Truth
    rows: list[Any]
    size: int
    total: bool
    links: str
    mark: bytes
    error_member: Any
    capitals: bool

    def page(self, skip: int, top: int | None) -> bytes:
        size = min(top or self.size, self.size)
        found = self.rows[skip : skip + size]
        if self.capitals:
            found = [{key.upper(): row[key] for key in row} if isinstance(row, dict) else row for row in found]
        body: dict[str, Any] = {"Value": found}
        if skip + size < len(self.rows):
            body["@nextLink"] = self._link(skip + size)
        if self.total:
            body["TotalCount"] = len(self.rows) + self.truth.missing
        if self.error_member is not None:
            body["error"] = self.error_member
        return self.mark + json.dumps(body).encode()

    def _link(self, skip: int) -> str | None:
        query, path = f"?skip={skip}&top={self.size}", PATHS[self.report]
        return {
            "absolute": f"{HOST}{path}{query}",
            "relative": query,
            "foreign": f"https://elsewhere.example{path}{query}",
            "prefix twice": f"{HOST}/partner/v1{path}{query}",
            "itself": f"{HOST}{path}",
        }[self.links]


def customer_id(number: int) -> str:
    return f"5C1E7A90-4B2D-4E3F-9A61-{number:012X}"


def _written(draw: st.DrawFn, count: int) -> Any:
    return draw(st.sampled_from([count, count, count, str(count), float(count), f"{count}.0", f" {count} "]))


def _day(draw: st.DrawFn, ago: int) -> str:
    day = NEWEST - timedelta(days=ago)
    forms = ("T00:00:00", "T00:00:00Z", "T03:55:46.21Z", "T00:00:00+00:00", "")
    return f"{day.isoformat()}{draw(st.sampled_from(forms))}"


def _spelled(draw: st.DrawFn, text: str) -> str:
    return draw(st.sampled_from([text, text, text, text.lower(), f"{text}\u200b", f" {text}", f"\ufeff{text}"]))


def _row(draw: st.DrawFn, report: ReportKind, key: Key, ago: int, active: int, qualified: int) -> dict[str, Any]:
    customer, product, channel = key
    used, owned = COUNTS[report]
    usage = report is ReportKind.USAGE
    row = {
        "processedDateTime": _day(draw, ago),
        **({"workloadCode": _spelled(draw, "EXO"), "workloadName": "Exchange"} if usage else {}),
        "serviceCode": "o365" if usage else _spelled(draw, "o365"),
        "serviceName": "Microsoft Office 365",
        "channel": channel,
        "customerTenantId": customer_id(customer),
        "customerName": draw(st.sampled_from(["Wingtip", "Wingtip ", "Wing\u200btip"])),
        "productId": f"B0000000-0000-4000-8000-{product:012X}",
        "productName": f"PRODUCT {product}",
        draw(st.sampled_from(used)): _written(draw, active),
        owned[0]: _written(draw, qualified),
    }
    if draw(st.integers(0, 9)) == 0:
        row["somethingNew"] = {"nested": [1]}
    return row


@st.composite
def odd_answers(draw: st.DrawFn, report: ReportKind) -> OddAnswer:
    """Draw an answer with any mix of oddities."""
    truth, rows = Truth(), []
    keys = st.tuples(st.integers(1, 4), st.integers(1, 3), st.sampled_from(["reseller", "direct"]))
    for key in draw(st.lists(keys, unique=True, max_size=8)):
        _add_kind(draw, report, truth, rows, key)
    for _ in range(draw(st.integers(0, 2))):
        rows.append(draw(NO_ROWS))
        truth.unusable += 1
    rows = draw(st.permutations(rows))
    lost = draw(st.integers(0, 3)) if draw(st.integers(0, 3)) == 0 else 0
    truth.missing = lost
    return OddAnswer(
        report,
        truth,
        rows,
        size=draw(st.integers(1, 6)),
        total=bool(lost) or draw(st.booleans()),
        links=draw(st.sampled_from(["absolute", "relative", "foreign", "prefix twice", "itself"])),
        mark=draw(st.sampled_from([b"", b"\xef\xbb\xbf", b"\xef\xbb\xbf\xef\xbb\xbf"])),
        error_member=draw(st.sampled_from([None, None, None, {}, ""])),
        capitals=draw(st.sampled_from([False, False, True])),
    )


def _add_kind(draw: st.DrawFn, report: ReportKind, truth: Truth, rows: list[Any], key: Key) -> None:
    active, qualified, ago = draw(st.integers(0, 99)), draw(st.integers(0, 99)), draw(st.sampled_from([0, 0, 0, 2, 9]))
    row = _row(draw, report, key, ago, active, qualified)
    kind = draw(
        st.sampled_from(["plain"] * 4 + ["count", "day", "no id", "twice", "older", "contradicted", "unwanted"])
    )
    match kind:
        case "count":
            for name in draw(st.sampled_from(COUNTS[report][::-1])):
                row = {each: value for each, value in row.items() if each.casefold() != name.casefold()}
            if draw(st.booleans()):
                row[name] = draw(NO_COUNTS)
            truth.unknown += 1
        case "day":
            row["processedDateTime"] = draw(NO_DAYS)
            truth.unknown += 1
        case "no id":
            row["customerTenantId"] = draw(NO_IDS)
            truth.alone.append((ago, active, qualified))
        case "contradicted":
            rows.append(_row(draw, report, key, ago, active + draw(st.integers(1, 9)), qualified))
            truth.unknown += 2
        case "unwanted":
            row |= UNWANTED[report]
            truth.removed += 1
        case _:
            truth.newest[key] = (ago, active, qualified)
    rows.append(row)
    if kind == "twice":
        rows.append(_row(draw, report, key, ago, active, qualified))
        truth.repeated += 1
    if kind == "older":
        rows.append(
            _row(draw, report, key, ago + draw(st.integers(1, 400)), draw(st.integers(0, 99)), draw(st.integers(0, 99)))
        )
