"""An answer as CSV, for programs and spreadsheets.

The format is that of https://www.rfc-editor.org/rfc/rfc4180. The columns are the keys of a row in JSON, which
QUESTIONS.md describes.
"""

from bot.export.answer_rows import cells
from bot.export.csv_file import csv_text
from bot.usage.usage_answer import UsageAnswer


def as_csv(answer: UsageAnswer) -> str:
    """Return a line of column names, then a line for each row.

    Lines end with CR LF; an empty cell is null.
    """
    names, rows = cells(answer)
    return csv_text([names, *(tuple(row.get(name) for name in names) for row in rows)])
