"""A trace of the bot's own code: calls, and changes of file between two calls."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType

ROOT = Path(__file__).parents[3]
ROOMS = tuple(f"{ROOT / room}/" for room in ("bot", "cards"))
# These play Teams, Entra and Partner Center in the same process, so their calls do not count.
OTHERS = tuple(f"{ROOT / room}/" for room in ("bot/simulator", "bot/demo"))


@dataclass
class Trace:
    """The counts of a trace.

    `files` are the files with a call, relative to the root. A change of file is two consecutive calls in two files.
    """

    calls: int = 0
    changes: int = 0
    files: dict[str, int] = field(default_factory=dict)
    _last: dict[int, str] = field(default_factory=dict)
    _own: dict[CodeType, str] = field(default_factory=dict)

    def profile(self, frame: FrameType, event: str, _argument: object) -> None:
        """Count a call; `sys.setprofile` gets this function."""
        if event != "call":
            return
        code = frame.f_code
        name = self._own.get(code)
        if name is None:
            own = code.co_filename.startswith(ROOMS) and not code.co_filename.startswith(OTHERS)
            name = self._own[code] = code.co_filename.removeprefix(f"{ROOT}/") if own else ""
        if not name:
            return
        thread = threading.get_ident()
        self.calls += 1
        self.changes += self._last.get(thread, "") not in ("", name)
        self.files[name] = self.files.get(name, 0) + 1
        self._last[thread] = name

    def line(self, name: str) -> str:
        """Return the figures as one line."""
        return f"{name}: calls {self.calls:,}, changes of file {self.changes:,}, files {len(self.files)}"


@contextmanager
def traced() -> Iterator[Trace]:
    """Trace every call of this thread, and of threads that start meanwhile."""
    trace = Trace()
    threading.setprofile(trace.profile)
    sys.setprofile(trace.profile)
    try:
        yield trace
    finally:
        sys.setprofile(None)
        threading.setprofile(None)  # type: ignore[arg-type]
