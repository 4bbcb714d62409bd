"""Read `Name (detail)`, as entries are printed and pasted. Pure."""

import re
from dataclasses import dataclass

from bot.domain.guid import GUID_PATTERN, pasted_guid

_CLOSERS = {")": "(", "]": "[", "}": "{", ">": "<", "）": "（"}
_LINKED = re.compile(r"\A(?:(?:https?://|mailto:|[^\s/@]+@)+(?:www\.)?|www\.)", re.IGNORECASE)
# An id behind a name without brackets, as a table has it.
_ID_AT_END = re.compile(rf"(?P<name>.*\S)[\s,;:|–—-]+(?P<id>{GUID_PATTERN})", re.IGNORECASE)
_SHORTEST_ID = 36
# How every label ends. A pattern and no function, because it is tried for every span of a sentence.
LABEL_END = re.compile(rf"[\s{re.escape(''.join(_CLOSERS))}]\Z|.{{24}}-.{{12}}\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class EntryLabel:
    """A name and its detail in brackets.

    The detail is an id, the end or the beginning of one, a domain or a product.
    """

    name: str
    detail: str


def read_label(text: str) -> EntryLabel | None:
    """Return the parts of `Name (detail)` or `Name id`; None if `text` is neither."""
    text = text.strip()
    opener = _CLOSERS.get(text[-1:])
    if opener is None:
        found = _ID_AT_END.fullmatch(text) if len(text) > _SHORTEST_ID and text[-13] == "-" else None
        return EntryLabel(found["name"], found["id"]) if found else None
    at = _partner(text, opener)
    name, detail = text[:at].strip(), text[at + 1 : -1].strip()
    return EntryLabel(name, detail) if at > 0 and name and detail else None


def _partner(text: str, opener: str) -> int:
    """Return the index of the bracket that the last character closes, -1 if there is none."""
    closer, depth = text[-1], 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] == closer) - (text[at] == opener)
        if depth == 0:
            return at
    return -1


def is_end_of_id(detail: str, entry_id: str) -> bool:
    """Return True for `…0A1B`, `0A1B` or `1773308C…` of an id."""
    said, id_ = detail.casefold().replace("...", "…"), entry_id.casefold()
    if guid := pasted_guid(detail):
        return guid == (pasted_guid(entry_id) or id_)
    bare = said.strip("… ")
    if len(bare) < 4:
        return bare == id_
    return id_.startswith(bare) if said.endswith("…") else id_.endswith(bare)


def domain_in(text: str) -> str:
    """Return the domain in a link, a mail address or a bare domain.

    "" if there is none.
    """
    said = text.strip().strip("<>()[]").casefold()
    if "." not in said or " " in said:
        return ""
    return _LINKED.sub("", said).partition("/")[0].rstrip(".")
