"""What the rows of each report are read to. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from bot.domain.licensing import DeploymentRow, UsageRow
from bot.domain.report_kind import ReportKind


@dataclass(frozen=True, slots=True)
class RowShape:
    """How a report writes its rows.

    `keys` has the attributes of a row, by the names that the report writes, in lower case. `blank` has no value.
    """

    row_type: type[UsageRow]
    keys: Mapping[str, str]
    blank: UsageRow


def _shape(row_type: type[UsageRow]) -> RowShape:
    keys = {field.encode_name.casefold(): field.name for field in msgspec.structs.fields(row_type)}
    return RowShape(row_type, keys, row_type())


USAGE = _shape(UsageRow)
SHAPES: Mapping[ReportKind, RowShape] = {ReportKind.USAGE: USAGE, ReportKind.DEPLOYMENT: _shape(DeploymentRow)}
