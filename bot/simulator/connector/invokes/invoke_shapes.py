"""The invokes of Teams: what people do besides writing messages.

Pure. Each function returns the activity `base` of TeamsClient.new("invoke", …) with what the client reports.
"""

from typing import Any

from bot.simulator.connector.teams_people import guid, in_thread

FILE_URL = "https://contoso-my.sharepoint.com/personal/ada/Documents/Applications"


def as_reply(base: dict[str, Any], message_id: str) -> dict[str, Any]:
    """Return `base` as what a person does on the message with that id.

    In a channel the conversation is the thread of the message.
    """
    legacy = {"replyToId": f"1:{guid('legacy' + message_id).replace('-', '')}"}
    place = in_thread(base["conversation"], message_id)
    data = {**base["channelData"], "legacy": legacy}
    return {**base, "replyToId": message_id, "conversation": place, "channelData": data}


def as_press(
    base: dict[str, Any], data: object, reply_to: str | None, verb: str = "", title: str = "Open"
) -> dict[str, Any]:
    """Return `base` with an Action.Execute pressed on the card of message `reply_to`.

    Teams names the verb only if the card does.
    """
    named = {"verb": verb} if verb else {}
    action = {"type": "Action.Execute", "title": title, **named, "data": data}
    pressed = {**base, "name": "adaptiveCard/action", "value": {"action": action, "trigger": "manual"}}
    return pressed if reply_to is None else as_reply(pressed, reply_to)


def as_exchange(base: dict[str, Any], card: dict[str, Any], token: str) -> dict[str, Any]:
    """Return `base` with the person's token for a sign-in card.

    `card` is the content of the attachment.
    """
    offered = {"id": card["tokenExchangeResource"]["id"], "connectionName": card.get("connectionName", "")}
    return {**base, "name": "signin/tokenExchange", "value": {**offered, "token": token}}


def as_verify_state(base: dict[str, Any], state: str, card_id: str) -> dict[str, Any]:
    """Return `base` with what the page of a sign-in card reported to the client.

    `state` is the text that the page passed on when it closed.
    """
    return as_reply({**base, "name": "signin/verifyState", "value": {"state": state}}, card_id)


def as_failure(base: dict[str, Any], code: str) -> dict[str, Any]:
    """Return `base` with the client's report that it could not sign in."""
    return {**base, "name": "signin/failure", "value": {"code": code, "message": code}}


def as_file_consent(
    base: dict[str, Any], card: dict[str, Any], url: str, card_id: str, *, accept: bool, info: dict[str, object]
) -> dict[str, Any]:
    """Return the invoke that says whether the file of `card` may be saved.

    `url` is that of the upload session, `info` replaces fields of what Teams says about it.
    https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/bots-filesv4
    """
    value: dict[str, Any] = {
        "type": "fileUpload",
        "action": "accept" if accept else "decline",
        "context": card["content"]["acceptContext" if accept else "declineContext"],
    }
    if accept:
        name = str(card["name"])
        value["uploadInfo"] = {
            "contentUrl": f"{FILE_URL}/{name}",
            "name": name,
            "uploadUrl": url,
            "uniqueId": "1150D938-8870-4044-9F2C-5BBDEBA70C8C",
            "fileType": name.rpartition(".")[2],
            "etag": "123",
            **info,
        }
    return as_reply({**base, "name": "fileConsent/invoke", "value": value}, card_id)


def as_typing(base: dict[str, Any], text: str, dataset: str, inputs: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return `base` with what a person has typed in a box that looks choices up.

    `inputs` are the other boxes of the card, if it wants them sent.
    https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search
    """
    value = {"queryText": text, "queryOptions": {"skip": 0, "top": 15}, "dataset": dataset}
    return {**base, "name": "application/search", "value": value | ({} if inputs is None else {"data": inputs})}


def as_extension(base: dict[str, Any], name: str, value: object) -> dict[str, Any]:
    """Return `base` as `composeExtension/name`: it comes from the compose box.

    https://learn.microsoft.com/en-us/microsoftteams/platform/messaging-extensions/how-to/action-commands/create-task-module
    """
    data = {**base["channelData"], "source": {"name": "compose"}}
    return {**base, "name": f"composeExtension/{name}", "value": value, "channelData": data}
