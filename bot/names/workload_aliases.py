"""The names that people use for workloads.

Reads its own packaged table, no other I/O. Microsoft's pages document three codes (EXO, SPO, SFB). The others are
guesses, so an entry matches by code or by name:
https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information
OneDrive is counted with SharePoint if the report has no OneDrive workload:
https://learn.microsoft.com/en-us/partner-center/increase-adoption-and-satisfaction
"""

import unicodedata
from importlib import resources

import msgspec

from bot.names.name_folding import strict


class WorkloadAlias(msgspec.Struct, frozen=True):
    """A workload.

    Its names in the reports (`names`) and the words that people type (`aliases`).
    """

    code: str
    documented: bool
    names: tuple[str, ...]
    aliases: tuple[str, ...]
    counted_with: tuple[str, ...] = ()  # codes to use if the report has no rows for this one


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    workloads: tuple[WorkloadAlias, ...]


def _load() -> tuple[WorkloadAlias, ...]:
    content = resources.files("bot.names").joinpath("workload_aliases.json").read_bytes()
    return msgspec.json.decode(content, type=_Table).workloads


def key(text: str) -> str:
    """Fold `text` for comparison of aliases.

    Compatibility forms and case folded, single blanks.
    """
    return " ".join(unicodedata.normalize("NFKD", text).casefold().split())


WORKLOADS: tuple[WorkloadAlias, ...] = _load()
_BY_CODE = {workload.code: workload for workload in WORKLOADS}
_BY_ALIAS = {
    key(alias): workload for workload in WORKLOADS for alias in (workload.code, *workload.names, *workload.aliases)
}


class WorkloadForms(msgspec.Struct, frozen=True):
    """The code and the names of a workload, folded like the names of entries."""

    code: str
    names: tuple[str, ...]


_FORMS = {each.code: WorkloadForms(strict(each.code), tuple(map(strict, each.names))) for each in WORKLOADS}
# For each folded alias the workloads that it may mean. The first one in the report is meant.
FORMS_OF_ALIAS = {
    strict(alias): tuple(_FORMS[code] for code in (workload.code, *workload.counted_with))
    for alias, workload in _BY_ALIAS.items()
}

# The folded words that people type for a workload, without its codes and names.
SPOKEN_ALIASES = tuple(strict(alias) for workload in WORKLOADS for alias in workload.aliases)

# Every word that some alias has.
WORDS = frozenset(word for alias in _BY_ALIAS for word in alias.split())


def meanings(text: str) -> tuple[WorkloadAlias, ...]:
    """Return the workloads that `text` may mean; () if it is no alias.

    The first one in the report is meant.
    """
    workload = _BY_ALIAS.get(key(text))
    if workload is None:
        return ()
    return (workload, *(_BY_CODE[code] for code in workload.counted_with))


def workload_code(text: str) -> str | None:
    """Return the documented code of the workload `text`, or None.

    Used to explain questions without a directory.
    """
    return next((workload.code for workload in meanings(text) if workload.documented), None)
