"""The payload of the button that cancels an answer in progress. Pure.

    {"v": 2, "cancel": "7f83b1657ff1fc53b92dc18148a1d65d"}

It has no command. The key names one answer, and says neither who asked nor who may cancel it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

VERSION = 2
_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class CancelButton:
    """Cancel the answer `key`, if it is in progress and the presser has asked for it."""

    key: str


def cancel_data(button: CancelButton) -> dict[str, Any]:
    """Return the `data` of an Action.Execute or Action.Submit."""
    return {"v": VERSION, "cancel": button.key}


def cancel_in(data: object) -> CancelButton | None:
    """Return the button in `data`. Never raises.

    None for anything that `cancel_data` did not make.
    """
    if not isinstance(data, Mapping) or type(data.get("v")) is not int or data["v"] != VERSION or "command" in data:
        return None
    key = data.get("cancel")
    return CancelButton(key) if isinstance(key, str) and _KEY.fullmatch(key) else None
