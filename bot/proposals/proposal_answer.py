"""What a language model answered, as a command. Pure.

Everything in it is untrusted: whatever is no document of a question is no proposal.
"""

import msgspec

from bot.commands.command import Command, Customers, Export, NewDigest, Usage, Workloads
from bot.commands.command_document import read_object

_PROPOSED = (Usage, Export, NewDigest, Customers, Workloads)
_FENCE = "```"


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Completion(msgspec.Struct):
    choices: list[_Choice]


class _Proposal(msgspec.Struct):
    command: dict[str, object] | None


def proposal_in(body: bytes) -> Command | None:
    """Return the command that the body of an answer proposes; None if it proposes none.

    Raises ValueError if the body is no answer of a chat completion.
    """
    try:
        completion = msgspec.json.decode(body, type=_Completion)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError("no chat completion") from error
    if not completion.choices or completion.choices[0].finish_reason == "length":
        return None
    try:
        proposal = msgspec.json.decode(_unfenced(completion.choices[0].message.content or ""), type=_Proposal)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
    command = read_object(proposal.command)
    return command if isinstance(command, _PROPOSED) else None


def _unfenced(text: str) -> str:
    """Return the text without the marks of a block of code, which some models put around it."""
    bare = text.strip()
    if not bare.startswith(_FENCE):
        return bare
    return bare.strip("`").removeprefix("json").strip()
