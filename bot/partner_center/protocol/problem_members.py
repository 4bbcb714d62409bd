"""Members of an answer beside its rows that say what is wrong. Pure.

Services say it in many ways: an error at the top or inside another member, a flag that the answer is only a part.
"""

from collections.abc import Mapping

_ERRORS = frozenset({"error", "errors", "odata.error", "exception", "exceptions"})
_BAD_IF_TRUE = frozenset(
    {"partial", "ispartial", "truncated", "istruncated", "incomplete", "isincomplete", "haserrors"}
)
_BAD_IF_FALSE = frozenset({"success", "succeeded", "issuccess", "complete", "iscomplete"})
_DEPTH = 4


def says_problem(members: Mapping[str, object], depth: int = _DEPTH) -> bool:
    """Return True if one of `members`, or of those inside, says that it is wrong."""
    for key, value in members.items():
        name = key.strip().casefold().lstrip("@").replace("_", "")
        if _is_bad(name, value) or (depth and any(says_problem(each, depth - 1) for each in _objects(value))):
            return True
    return False


def _is_bad(name: str, value: object) -> bool:
    if name in _ERRORS:
        return bool(value) and value not in ("0", "false")
    return (name in _BAD_IF_TRUE and value is True) or (name in _BAD_IF_FALSE and value is False)


def _objects(value: object) -> list[Mapping[str, object]]:
    found = value if isinstance(value, list) else [value]
    return [each for each in found if isinstance(each, dict)]
