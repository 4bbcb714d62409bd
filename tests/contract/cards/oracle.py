"""Validate a card with Microsoft's typed models, the 1.5 schema and Teams' limits.

The limits of each: the model of AdaptiveCard accepts wrong nested elements, so every element is validated by the model
of its own type. The schema spells Table's flag without its s, and has neither `targetWidth` nor `roundedCorners`, nor
the elements of Teams, so it is corrected here.
"""

import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any, get_args

import jsonschema
import microsoft_teams.cards as teams
from pydantic import BaseModel, ValidationError

from cards.views.button_payload import unpack
from cards.views.progress.cancel_payload import cancel_in

LIMIT = 25_000
ACTIONS = 6
UNBROKEN = 12  # characters of a number beside a row
TEAMS_ONLY = ("ProgressBar", "Badge", "Chart.Line")


def problems(card: dict[str, Any]) -> list[str]:
    """Return everything that is wrong with `card`; [] for a valid card."""
    told = json.dumps(card, allow_nan=False, ensure_ascii=False, separators=(",", ":"))  # as it is sent
    found = [] if json.loads(told) == card else ["does not survive JSON"]
    sizes = {form: len(told.encode(form)) for form in ("utf-8", "utf-16-le")}
    found += [f"{size} bytes in {form}" for form, size in sizes.items() if size >= LIMIT]
    found += [f"schema: {error.json_path}: {error.message[:200]}" for error in _schema().iter_errors(card)]
    for path, part in parts(card, "card"):
        found += [f"{path}: {problem}" for problem in (*_by_model(part), *_by_limits(part))]
    return found + _whole(card)


def parts(value: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every dict with a type in `value`, except payloads of buttons."""
    if isinstance(value, dict):
        if "type" in value:
            yield path, value
        for key, inner in value.items():
            if key != "data":
                yield from parts(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from parts(inner, f"{path}[{index}]")


def _by_model(part: dict[str, Any]) -> list[str]:
    model = _models().get(part["type"])
    if model is None:
        return [f"no client knows the type {part['type']}"]
    known = {name for key, field in model.model_fields.items() for name in (key, field.alias or key)}
    known |= {field.serialization_alias or "" for field in model.model_fields.values()} | {"$schema"}
    unknown = sorted(set(part) - known)
    try:
        model.model_validate(_as_the_models_spell(part))
    except ValidationError as error:
        return [*map("no such property: {}".format, unknown), f"model: {error}"]
    return [f"no such property: {name}" for name in unknown]


CAPITALS = frozenset(
    {"size", "weight", "color", "spacing", "horizontalAlignment", "verticalContentAlignment", "fontType", "targetWidth"}
)


def _as_the_models_spell(value: Any) -> Any:
    """Convert enumerations to the models' spelling (Bolder, atLeast:Narrow).

    Clients and schema accept both.
    """
    if isinstance(value, dict):
        return {
            key: _capital(inner) if isinstance(inner, str) and key in CAPITALS else _as_the_models_spell(inner)
            for key, inner in value.items()
        }
    return [_as_the_models_spell(inner) for inner in value] if isinstance(value, list) else value


def _capital(value: str) -> str:
    if value.startswith("categorical"):  # the colors of charts are spelled as they are sent
        return value
    before, colon, last = value.rpartition(":")
    return before + colon + last[:1].upper() + last[1:]


def _by_limits(part: dict[str, Any]) -> Iterator[str]:
    kind = part["type"]
    if kind == "Image" and not part.get("altText"):
        yield "a picture without altText"
    if kind.startswith("Input.") and not part.get("label"):
        yield "an input without label"
    if kind in {"ActionSet", "TableCell", "Container", "RichTextBlock"}:
        content = {"ActionSet": "actions", "RichTextBlock": "inlines"}.get(kind, "items")
        if not part.get(content):
            yield "empty"
    # A number of a row has no place to break, and is short.
    if kind == "TextBlock" and not part.get("wrap") and len(part["text"]) > UNBROKEN:
        yield "text that is cut instead of wrapped"
    if kind in {"TextBlock", "TextRun"} and not part.get("text", "").strip():
        yield "no text"
    if kind == "ActionSet":
        yield from _by_limits_of_a_row(part.get("actions") or [])
    if kind in TEAMS_ONLY and "fallback" not in part:
        yield "a Teams element without fallback"
    if kind.startswith("Action."):
        yield from _by_limits_of_a_button(part)


def _by_limits_of_a_button(part: dict[str, Any]) -> Iterator[str]:
    data = part.get("data")
    if part["type"] in {"Action.Execute", "Action.Submit"} and unpack(data) is None and cancel_in(data) is None:
        yield "a payload that unpacks to nothing"
    if not part.get("title", "").strip():
        yield "a button without title"


def _by_limits_of_a_row(actions: list[dict[str, Any]]) -> Iterator[str]:
    if len(actions) > ACTIONS:
        yield f"{len(actions)} buttons in a row"
    if actions and all(action.get("mode") == "secondary" for action in actions):
        yield "a menu without a button beside it, which some clients do not draw"


def _whole(card: dict[str, Any]) -> list[str]:
    found = [f"no {key}" for key in ("speak", "lang", "fallbackText") if not card.get(key)]
    # Secondary buttons are in a menu behind three dots. A row that can be tapped is no button.
    executes = [
        part
        for path, part in parts(card, "")
        if part["type"] == "Action.Execute" and not path.endswith(".selectAction")
    ]
    buttons = [part for part in executes if part.get("mode") != "secondary"]
    if len(buttons) > ACTIONS:
        found.append(f"{len(buttons)} buttons")
    if card.get("version") != "1.5":
        found.append("not version 1.5")
    return found


@cache
def _models() -> dict[str, type[BaseModel]]:
    every = [each for each in vars(teams).values() if isinstance(each, type) and issubclass(each, BaseModel)]
    typed = [(each, get_args(each.model_fields["type"].annotation)) for each in every if "type" in each.model_fields]
    return {names[0]: each for each, names in typed if names}


@cache
def _schema() -> jsonschema.Draft6Validator:
    source = resources.files("adaptive_cards") / "schemas" / "schema-1.5.json"
    schema = json.loads(source.read_text(encoding="utf-8"))
    # An unresolvable base URI for the schema's local references.
    schema.pop("id", None)
    definitions = schema["definitions"]
    table = definitions["Table"]["properties"]
    table["firstRowAsHeaders"] = table.pop("firstRowAsHeader")
    for definition in definitions.values():
        if "isVisible" in definition.get("properties", {}):
            definition["properties"]["targetWidth"] = {"type": "string"}
    definitions["Container"]["properties"]["roundedCorners"] = {"type": "boolean"}
    # https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/cards-format
    definitions["Container"]["properties"]["layouts"] = {"type": "array"}
    for kind in TEAMS_ONLY:
        definitions[kind] = {"type": "object", "properties": {"type": {"enum": [kind]}}, "required": ["type"]}
        definitions["ImplementationsOf.Element"]["anyOf"].append(
            {"required": ["type"], "$ref": f"#/definitions/{kind}"}
        )
    # https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search
    query = {"type": {"enum": ["Data.Query"]}, "dataset": {"type": "string"}, "associatedInputs": {"type": "string"}}
    typeahead = {"type": "object", "additionalProperties": False, "properties": query, "required": ["type", "dataset"]}
    definitions["Input.ChoiceSet"]["properties"]["choices.data"] = typeahead
    definitions["ChoiceInputStyle"]["anyOf"].append({"enum": ["filtered"]})
    definitions["AdaptiveCard"]["properties"]["msteams"] = {"type": "object"}
    return jsonschema.Draft6Validator(schema)
