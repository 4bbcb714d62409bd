"""What Teams sends to a message extension, as typed values. Pure.

https://learn.microsoft.com/en-us/microsoftteams/platform/messaging-extensions/how-to/search-commands/respond-to-search
Every value is client-controlled: what is asked is checked as a command document, and answered with the rights of the
person who asks.
"""

from datetime import date
from typing import Any, TypeVar

import msgspec

from bot.commands.command import Command, Name, Usage
from bot.commands.command_document import Unreadable, read_object, write_object

SEARCH = "search"
ASK = "ask"
CUSTOMER, WORKLOAD, DAY = "customer", "workload", "day"
MOST = 25  # results that Teams asks for at a time
FURTHEST = 1_000
LONGEST = 200  # characters of a name
EVERYTHING = "*"  # all workloads

T = TypeVar("T")


class Parameter(msgspec.Struct, frozen=True):
    """A parameter of a search; Teams sends `initialRun` before anything is typed."""

    name: str
    value: Any = None


class QueryOptions(msgspec.Struct, frozen=True):
    """Which of the results are wanted."""

    skip: int = 0
    count: int = MOST


class ExtensionQuery(msgspec.Struct, frozen=True, rename="camel"):
    """A search: `composeExtension/query`."""

    command_id: str
    parameters: list[Parameter] = []
    query_options: QueryOptions | None = None
    authentication: Any = None

    @property
    def token(self) -> str | None:
        """The token of the person, which Teams sends for a silent sign-in."""
        token = self.authentication.get("token") if isinstance(self.authentication, dict) else None
        return token if isinstance(token, str) else None

    @property
    def typed(self) -> str | None:
        """What the person typed; None if it cannot be a name."""
        text = next((each.value for each in self.parameters if each.name == CUSTOMER), "")
        return text if isinstance(text, str) and _is_name(text) else None

    @property
    def window(self) -> tuple[int, int]:
        """The first of the results that are wanted, and the one after the last."""
        asked = self.query_options or QueryOptions()
        start = min(max(asked.skip, 0), FURTHEST)
        return start, start + (min(asked.count, MOST) if asked.count > 0 else MOST)


class ExtensionForm(msgspec.Struct, frozen=True, rename="camel"):
    """A form: `composeExtension/fetchTask` opens it, `…/submitAction` submits it."""

    command_id: str
    data: Any = None


def read(value: object, kind: type[T]) -> T | None:
    """Return `value` as `kind`; None if it is none."""
    try:
        return msgspec.convert(value, kind)
    except (msgspec.ValidationError, RecursionError):
        return None


def question_of(data: object) -> Usage | str:
    """Return the question of a submitted form, or the locale key of a problem."""
    fields = data if isinstance(data, dict) else {}
    customer, workload, day = (fields.get(name) or "" for name in (CUSTOMER, WORKLOAD, DAY))
    if not all(isinstance(each, str) and _is_name(each) for each in (customer, workload, day)):
        return "extension.unreadable"
    if not customer.strip():
        return "extension.no_customer"
    subjects = () if workload.strip() in ("", EVERYTHING) else (Name(workload.strip()),)
    try:
        as_of = date.fromisoformat(day) if day else None
    except ValueError:
        return "extension.no_day"
    question = checked(Usage(customers=(Name(customer.strip()),), subjects=subjects, as_of=as_of))
    return question if isinstance(question, Usage) else "extension.unreadable"


def checked(command: Command) -> Command | None:
    """Return `command` as its document is read; None if no document says it."""
    found = read_object(write_object(command))
    return None if isinstance(found, Unreadable) else found


def _is_name(text: str) -> bool:
    """Return True for a text that no client makes longer, and that can be encoded."""
    if len(text) > LONGEST:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
