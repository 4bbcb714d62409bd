"""What people call the workloads. Reads its own packaged table, no other I/O.

Three codes stand in Microsoft's pages (EXO, SPO, SFB); the others are guesses, so an entry matches by code or by name:
https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information
OneDrive is counted together with SharePoint where it has no workload of its own:
https://learn.microsoft.com/en-us/partner-center/increase-adoption-and-satisfaction
"""

import unicodedata
from importlib import resources

import msgspec


class WorkloadAlias(msgspec.Struct, frozen=True):
    """A workload as the reports name it (`names`), and what people type (`aliases`)."""

    code: str
    documented: bool
    names: tuple[str, ...]
    aliases: tuple[str, ...]
    counted_with: tuple[str, ...] = ()  # codes to take where this one is not reported by itself


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    workloads: tuple[WorkloadAlias, ...]


def _load() -> tuple[WorkloadAlias, ...]:
    content = resources.files("bot.names").joinpath("workload_aliases.json").read_bytes()
    return msgspec.json.decode(content, type=_Table).workloads


def key(text: str) -> str:
    """`text` as aliases compare: compatibility forms and case folded, single blanks."""
    return " ".join(unicodedata.normalize("NFKD", text).casefold().split())


WORKLOADS: tuple[WorkloadAlias, ...] = _load()
_BY_CODE = {workload.code: workload for workload in WORKLOADS}
_BY_ALIAS = {
    key(alias): workload for workload in WORKLOADS for alias in (workload.code, *workload.names, *workload.aliases)
}


def meanings(text: str) -> tuple[WorkloadAlias, ...]:
    """The workloads that `text` may mean, the first that is reported counts; () where it is no alias."""
    workload = _BY_ALIAS.get(key(text))
    if workload is None:
        return ()
    return (workload, *(_BY_CODE[code] for code in workload.counted_with))


def workload_code(text: str) -> str | None:
    """The documented code of the workload that `text` names, for questions explained without a directory."""
    return next((workload.code for workload in meanings(text) if workload.documented), None)
