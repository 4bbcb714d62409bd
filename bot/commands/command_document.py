"""A command as a versioned JSON document, and back. Pure.

Stored digests and the buttons of cards hold such documents:

    {"v": 1, "verb": "usage", "for": [{"name": "TEST COMPANY"}], "share": {"below": 0.5}, "by": ["workload"]}

`verb` is the command's class in snake case, the keys are its fields in camel case (`KEYS` has the exceptions); a field
that has its default is left out. Unknown keys are refused. `command_document.v1.schema.json` beside this file is the
published schema, made by `schema()`.

A new verb, and a new key that may be left out, keep the version: every older document is read as before. A change after
which an older document would be refused or mean something else takes a new version: raise `CURRENT`, add an upcaster
from the version before, keep that version's schema file and its golden documents in the tests.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from typing import Annotated, Any, Literal, Union, cast, get_args, get_type_hints

import msgspec
from msgspec import UNSET

from bot.commands.clauses import CLAUSES
from bot.commands.command import ChooseLanguage, Command, Export, Help, NewDigest, Usage
from bot.commands.documents.clause_document import ClauseDocument
from bot.commands.documents.document_values import CODECS, DAYS_AHEAD, ValueCodec
from bot.commands.verbs import VERBS
from bot.errors import FilterError

CURRENT = 1
# Bytes of UTF-8. A sentence has at most 2,000 characters, of four bytes each; the rest is for the keys.
BYTES_LIMIT = 16_384

JsonObject = dict[str, Any]
Upcaster = Callable[[JsonObject], JsonObject]

# From that version to the next: of its JSON object one of the next version. Raises KeyError, TypeError, ValueError or
# AttributeError for an object that is none of its version.
UPCASTERS: Mapping[int, Upcaster] = {}

# How a document calls the fields of a question: by the role that begins the clause, unless several do.
KEYS: Mapping[str, str] = {each.field: each.role or each.field for each in CLAUSES} | {
    "limit": "share",
    "order": "order",
}


class DocumentFlaw(StrEnum):
    """Why a document is refused."""

    NOT_JSON = "not_json"
    TOO_LARGE = "too_large"
    UNKNOWN_VERSION = "unknown_version"
    INVALID = "invalid"  # an unknown verb or key, a missing key, a value that no sentence says


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document that is refused. It says why, but nothing of what was in it."""

    reason: DocumentFlaw


@dataclass(frozen=True, slots=True)
class _CommandCodec:
    """How the commands of one class are written: `shape` is the Struct, `values` has the codec of each field."""

    kind: type[Any]
    shape: Any
    values: Mapping[str, ValueCodec]
    defaults: Mapping[str, object]

    def write(self, command: object, **more: object) -> Any:
        written = {
            name: codec.write(value)
            for name, codec in self.values.items()
            if (value := getattr(command, name)) != self.defaults[name]
        }
        return self.shape(**written, **more)

    def read(self, document: Any) -> Any:
        found = {name: getattr(document, name) for name in self.values}
        return self.kind(**{name: self.values[name].read(each) for name, each in found.items() if each is not UNSET})


def write(command: Command) -> str:
    """Return the document as JSON text.

    `read(write(command)) == command` for every command that a sentence can say.
    """
    return msgspec.json.encode(_document(command)).decode()


def write_object(command: Command) -> JsonObject:
    """Return the document as a JSON object."""
    return cast("JsonObject", msgspec.to_builtins(_document(command)))


def read(document: str | bytes, upcasters: Mapping[int, Upcaster] = UPCASTERS) -> Command | Unreadable:
    """Return the command in a document of any version. Never raises.

    Any text that is no such document is refused: Unreadable is returned.
    """
    try:
        decoded = _decoded(document.encode() if isinstance(document, str) else document, upcasters)
        return decoded if isinstance(decoded, Unreadable) else _command(decoded)
    except msgspec.ValidationError:
        return Unreadable(DocumentFlaw.INVALID)
    except (msgspec.MsgspecError, UnicodeError):
        return Unreadable(DocumentFlaw.NOT_JSON)
    except (FilterError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return Unreadable(DocumentFlaw.INVALID)


def read_object(value: object) -> Command | Unreadable:
    """The same of a JSON value, such as a client sent; as total."""
    try:
        data = msgspec.json.encode(value)
    except (msgspec.MsgspecError, ArithmeticError, RecursionError, TypeError, ValueError):
        return Unreadable(DocumentFlaw.NOT_JSON)
    return read(data)


def schema() -> JsonObject:
    """Return the JSON Schema (2020-12) of documents of the current version.

    It needs no other schema.
    """
    made = msgspec.json.schema(_DOCUMENT)
    for each in made["$defs"].values():
        each.pop("description", None)  # a docstring, which may change while the documents stay as they are
    described = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"Command, version {CURRENT}"}
    return described | made


class _Envelope(msgspec.Struct):
    v: int


def _decoded(data: bytes, upcasters: Mapping[int, Upcaster]) -> Any:
    """The document as one of the current version, or why it is none."""
    if len(data) > BYTES_LIMIT:
        return Unreadable(DocumentFlaw.TOO_LARGE)
    version = _ENVELOPE.decode(data).v
    if version == CURRENT:
        return _DECODER.decode(data)
    if version > CURRENT or version not in upcasters:
        return Unreadable(DocumentFlaw.UNKNOWN_VERSION)
    raw = msgspec.json.decode(data)
    for each in range(version, CURRENT):
        raw = upcasters[each](raw)
    return msgspec.convert(raw, type=_DOCUMENT)


def _document(command: Command) -> Any:
    return _CODECS[type(command)].write(command, v=CURRENT)


def _command(document: Any) -> Command:
    return cast("Command", _BY_SHAPE[type(document)].read(document))


def _codec(kind: type[Any], name: str, special: Mapping[Any, ValueCodec], **options: Any) -> _CommandCodec:
    """The codec of a class of commands, from the annotations of its fields; `special` are those of single fields."""
    hints = get_type_hints(kind)
    values = {each.name: special.get((kind, each.name)) or CODECS[hints[each.name]] for each in fields(kind)}
    defaults = {each.name: each.default for each in fields(kind)}
    shapes: list[Any] = [
        (name, codec.shape) if defaults[name] is MISSING else (name, codec.shape | msgspec.UnsetType, UNSET)
        for name, codec in values.items()
    ]
    if options:
        shapes.insert(0, ("v", Literal[CURRENT]))
    shape = msgspec.defstruct(
        name,
        shapes,
        bases=(ClauseDocument,),
        rename={name: _camel(KEYS.get(name, name)) for name in values},
        **options,
    )
    return _CommandCodec(kind, shape, values, defaults)


def _camel(name: str) -> str:
    return re.sub(r"_(.)", lambda found: found[1].upper(), name)


def _verb(kind: type[Any]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def _tagged(kind: type[Any]) -> _CommandCodec:
    return _codec(kind, kind.__name__, _SPECIAL, tag_field="verb", tag=_verb(kind))


# A question within another command has neither a version nor a verb.
_AHEAD: Mapping[tuple[type[Any], str], ValueCodec] = {(Usage, "ahead"): DAYS_AHEAD}
_QUESTION = _codec(Usage, "Question", _AHEAD)
_SPECIAL: Mapping[tuple[type[Any], str], ValueCodec] = {
    **_AHEAD,
    (Help, "topic"): ValueCodec(Literal[tuple(dict.fromkeys(verb.help_topic for verb in VERBS))], str, str),
    (ChooseLanguage, "code"): ValueCodec(Annotated[str, msgspec.Meta(pattern="^[a-z]{2,3}$")], str, str),
    **{
        (kind, "question"): ValueCodec(_QUESTION.shape, _QUESTION.write, _QUESTION.read) for kind in (Export, NewDigest)
    },
}
_CODECS = {kind: _tagged(kind) for kind in get_args(Command)}
_BY_SHAPE = {codec.shape: codec for codec in _CODECS.values()}
_DOCUMENT: Any = Union[tuple(codec.shape for codec in _CODECS.values())]  # noqa: UP007  # of a tuple
_DECODER = msgspec.json.Decoder(_DOCUMENT)
_ENVELOPE = msgspec.json.Decoder(_Envelope)
