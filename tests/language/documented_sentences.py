"""Write the tables of sentences into README and QUESTIONS: `uv run poe sentences`.

They come from `documented.toml`, whose sentences a test reads.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
README, QUESTIONS = ROOT / "README.md", ROOT / ".github" / "QUESTIONS.md"
HEAD = "| Sentence | Answer |\n|---|---|"
ORDERS_HEAD = "| You say | The bot |\n|---|---|"


@dataclass(frozen=True, slots=True)
class Documented:
    """A sentence of the documents, and what it means as the bot prints it.

    `after`: the sentence before it, "" if there is none.
    """

    say: str
    means: str
    after: str = ""


@cache
def catalog() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Return the rows of the tables, in their order."""
    return tomllib.loads(Path(__file__).with_name("documented.toml").read_text(encoding="utf-8"))


def documented() -> Iterator[Documented]:
    """Yield every sentence of both documents."""
    for row in (*catalog()["answer"], *catalog()["order"]):
        for each in (*row.get("sentences", ()), *row.get("also", ())):
            say = each.get("say") or each["show"]
            yield Documented(say, each.get("means", say), each.get("after", ""))


def tables(document: Path) -> Mapping[str, str]:
    """Return the tables of the document by the name in their markers."""
    rows = catalog()["answer"]
    if document == README:
        short = [(f"`{row['sentences'][0]['say']}`", row["readme"]) for row in rows if "readme" in row]
        return {"sentences": _table(HEAD, short)}
    orders = [(_said(row), row["text"]) for row in catalog()["order"]]
    every = [(_said(row), _answer(row)) for row in rows]
    return {"sentences": _table(HEAD, every), "orders": _table(ORDERS_HEAD, orders)}


def written(document: Path, text: str) -> str:
    """Return the text of the document with its tables as they must be.

    Raises ValueError if a marker is missing.
    """
    for name, table in tables(document).items():
        begin, end = f"<!-- {name}: uv run poe sentences -->", f"<!-- end of {name} -->"
        pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        if len(pattern.findall(text)) != 1:
            raise ValueError(f"{document.name} does not have {begin} and {end} once")
        new = f"{begin}\n\n{table}\n\n{end}"
        text = pattern.sub(lambda _, new=new: new, text)  # type: ignore[misc]
    return text


def _said(row: Mapping[str, Any]) -> str:
    return row.get("typed") or ", ".join(f"`{each['say']}`" for each in row["sentences"])


def _answer(row: Mapping[str, Any]) -> str:
    also = ", ".join(f"`{each['show']}`" for each in row.get("also", ()))
    return f"{row['text']} (also {also})" if also else row["text"]


def _table(head: str, rows: Sequence[tuple[str, str]]) -> str:
    return "\n".join([head, *(f"| {said} | {answer} |" for said, answer in rows)])


if __name__ == "__main__":
    for path in (README, QUESTIONS):
        path.write_text(written(path, path.read_text(encoding="utf-8")), encoding="utf-8")
