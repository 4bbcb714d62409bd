"""What a request for a chat completion must be. Pure.

https://platform.openai.com/docs/api-reference/chat/create
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# The parameters that may be sent; the API refuses unknown ones.
_PARAMETERS = frozenset(
    {"model", "messages", "response_format", "temperature", "max_tokens", "max_completion_tokens", "top_p", "stream",
     "n", "seed", "stop", "user"}
)  # fmt: skip
_ROLES = frozenset({"system", "developer", "user", "assistant"})
_FORMATS = frozenset({"text", "json_object", "json_schema"})


@dataclass(frozen=True, slots=True)
class RequestFlaw:
    """Why a request is refused: the status, and the members of the error."""

    status: int
    message: str
    param: str | None = None
    code: str | None = None


def flaw_in(headers: Mapping[str, str], body: bytes, model: str, key: str) -> RequestFlaw | None:
    """Return what is wrong with a request, None if nothing is.

    It is for the model `model`, which wants `key`.
    """
    if headers.get("Authorization") != f"Bearer {key}":
        return RequestFlaw(401, "Incorrect API key provided.", code="invalid_api_key")
    if not headers.get("Content-Type", "").startswith("application/json"):
        return RequestFlaw(400, "The body must be application/json.")
    try:
        asked = json.loads(body)
    except ValueError:
        return RequestFlaw(400, "We could not parse the JSON body of your request.")
    if not isinstance(asked, dict):
        return RequestFlaw(400, "The body must be an object.")
    return _parameters(asked, model) or _messages(asked) or _format(asked)


def _parameters(asked: Mapping[str, Any], model: str) -> RequestFlaw | None:
    if unknown := sorted(set(asked) - _PARAMETERS):
        return RequestFlaw(400, f"Unrecognized request argument supplied: {unknown[0]}", unknown[0])
    if asked.get("model") != model:
        return RequestFlaw(404, "The model does not exist or you do not have access to it.", code="model_not_found")
    temperature, most = asked.get("temperature", 1), asked.get("max_tokens", 1)
    if not isinstance(temperature, int | float) or not 0 <= temperature <= 2:
        return RequestFlaw(400, "Invalid temperature: it must be from 0 to 2.", "temperature")
    if not isinstance(most, int) or most < 1:
        return RequestFlaw(400, "Invalid max_tokens: it must be 1 or more.", "max_tokens")
    return None


def _messages(asked: Mapping[str, Any]) -> RequestFlaw | None:
    messages = asked.get("messages")
    if not isinstance(messages, list) or not messages:
        return RequestFlaw(400, "messages must be a list that is not empty.", "messages")
    for at, each in enumerate(messages):
        if not isinstance(each, dict) or each.get("role") not in _ROLES or not isinstance(each.get("content"), str):
            return RequestFlaw(400, f"messages.{at} needs a role and a content.", f"messages.{at}")
    return None


def _format(asked: Mapping[str, Any]) -> RequestFlaw | None:
    wanted = asked.get("response_format", {"type": "text"})
    if not isinstance(wanted, dict) or wanted.get("type") not in _FORMATS:
        return RequestFlaw(400, "response_format.type must be text, json_object or json_schema.", "response_format")
    said = " ".join(each["content"] for each in asked["messages"]).lower()
    if wanted["type"] == "json_object" and "json" not in said:
        return RequestFlaw(400, "'messages' must contain the word 'json' to use 'json_object'.", "messages")
    return None
