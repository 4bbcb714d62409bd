"""A file in the 1:1 chat: Teams asks, the person answers, OneDrive takes it."""

import csv
import io
from typing import Any

import openpyxl
import pytest

from bot.simulator.connector import ADA, BEN
from bot.simulator.connector.teams_people import group
from bot.teams.files import file_upload
from cards.views.button_payload import unpack

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"
QUESTION = "export csv usage on Exchange by customer"


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_upload, "WAIT", 0.0)


async def offered(stage: Any, text: str = QUESTION) -> Any:
    await stage.say(text)
    posted = await stage.heard()
    assert posted.activity["attachments"][0]["contentType"] == CONSENT, posted.activity
    return posted


def words_of(posted: Any) -> str:
    return str(posted.activity.get("summary") or posted.text)


async def test_question_says_what_is_in_the_file(stage: Any) -> None:
    [card] = (await offered(stage)).activity["attachments"]
    assert card["name"].startswith("usage-Exchange-")
    assert card["name"].endswith(".csv")
    assert card["content"]["sizeInBytes"] > 100
    assert "Exchange" in card["content"]["description"]
    assert unpack(card["content"]["acceptContext"]).command["verb"] == "export"


async def test_accepted_csv_is_in_the_drive_and_the_question_is_gone(stage: Any) -> None:
    asked = await offered(stage)
    assert (await stage.bot.client.consent(asked)).status == 200
    await stage.bot.client.connector.next_message()
    await stage.quiet()
    [(name, (kind, content))] = stage.connector.drive.files.items()
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    assert (name, kind) == (asked.activity["attachments"][0]["name"], "text/csv")
    assert lines[0][:2] == ["Customer", "Customer id"]
    assert ["Asked by", ADA.name] in [line[:2] for line in lines]
    entries = stage.connector.transcript.entries
    [saved] = [each for each in entries if each.activity.get("attachments", [{}])[0].get("contentType") == INFO]
    assert saved.activity["attachments"][0]["contentUrl"].startswith("https://contoso-my.sharepoint.com/")
    assert [each.id for each in entries if each.kind == "deleted"] == [asked.id]


async def test_excel_file_is_made_when_it_is_named(stage: Any) -> None:
    asked = await offered(stage, "export excel usage for TEST COMPANY on Exchange")
    await stage.bot.client.consent(asked)
    await stage.quiet()
    [(_, content)] = stage.connector.drive.files.values()
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == ["Usage", "About"]


async def test_export_of_the_answer_before_is_of_its_question(stage: Any) -> None:
    await stage.say("usage for TEST COMPANY on Exchange")
    await stage.heard()
    asked = await offered(stage, "in excel please")
    assert asked.activity["attachments"][0]["name"].startswith("usage-TEST-COMPANY-Exchange-")


async def test_button_on_an_answer_asks_for_its_file(stage: Any) -> None:
    await stage.say("usage on Exchange by customer")
    card = (await stage.heard()).card
    [data] = [each["data"] for each in actions(card) if each["title"] == "Export"]
    await stage.bot.client.press(data)
    assert (await stage.heard()).activity["attachments"][0]["contentType"] == CONSENT


def actions(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, list):
        return [each for inner in part for each in actions(inner)]
    if not isinstance(part, dict):
        return []
    found = [part] if part.get("type") == "Action.Execute" else []
    return found + [each for key, inner in part.items() if key != "fallback" for each in actions(inner)]


async def test_declined_file_is_not_made_and_no_copy_is_kept(stage: Any) -> None:
    asked = await offered(stage)
    before = len(stage.usage_requests())
    assert (await stage.bot.client.consent(asked, accept=False)).status == 200
    [said] = await stage.quiet()
    assert "not saved" in words_of(said)
    assert stage.connector.drive.files == {}
    assert len(stage.usage_requests()) == before
    assert [each.id for each in stage.connector.transcript.entries if each.kind == "deleted"] == [asked.id]


@pytest.mark.parametrize("statuses", [(500, 503), (403,), (404,), (302,), (202,)])
async def test_person_hears_what_to_do_when_the_drive_takes_no_file(stage: Any, statuses: tuple[int, ...]) -> None:
    stage.connector.drive.fail_next.extend(statuses)
    await stage.bot.client.consent(await offered(stage))
    [said] = await stage.quiet()
    assert "did not take the file" in words_of(said)
    assert stage.connector.drive.files == {}
    assert stage.connector.drive.attempts == len(statuses)


async def test_upload_is_repeated_once_after_a_passing_failure(stage: Any) -> None:
    stage.connector.drive.fail_next.append(503)
    await stage.bot.client.consent(await offered(stage))
    await stage.quiet()
    assert len(stage.connector.drive.files) == 1


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/upload",
        "http://contoso.sharepoint.com/upload",
        "https://contoso.sharepoint.com.evil.example/x",
        "https://evilsharepoint.com/x",
        "https://user@contoso.sharepoint.com/x",
        "https://contoso.sharepoint.com:8443/x",
        "http://127.0.0.1:1/x",
        "ftp://contoso.sharepoint.com/x",
        7,
        None,
    ],
)
async def test_nothing_is_sent_to_an_address_that_is_none_of_onedrive(stage: Any, address: object) -> None:
    asked = await offered(stage)
    before = len(stage.usage_requests())
    await stage.bot.client.consent(asked, uploadUrl=address)
    [said] = await stage.quiet()
    assert "did not take the file" in words_of(said)
    assert len(stage.usage_requests()) == before


async def test_file_has_the_figures_of_who_answers(stage: Any) -> None:
    # The card may be forwarded: its command is untrusted.
    asked = await offered(stage)
    await stage.bot.client.consent(asked, from_=BEN)
    await stage.quiet()
    assert stage.connector.drive.files == {}  # Ben is not signed in
    # Two of his wishes wait for the sign-in, and are answered at once: the file, and who is signed in.
    await stage.say("sign in", BEN)
    assert (await stage.exchange(await stage.offered(), BEN)).status == 200
    answers = sorted([words_of(await stage.heard()), words_of(await stage.heard())])
    assert [("Allow me" in each, "signed in" in each) for each in answers] == [(True, False), (False, True)]
    await stage.bot.client.consent(asked, from_=BEN)
    await stage.quiet()
    [(_, content)] = stage.connector.drive.files.values()
    assert f"Asked by,{BEN.name}" in content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"context": {"v": 2, "command": {"v": 1, "verb": "sign_out"}, "replace": False}},
        {"context": None},
        {"context": {"v": 2, "command": {"v": 99}}},
        {"action": "delete"},
        {"uploadInfo": []},
    ],
)
async def test_answer_with_something_else_in_it_changes_nothing(stage: Any, change: dict[str, Any]) -> None:
    asked = await offered(stage)
    sent = await stage.bot.client.consent(asked, accept=False)
    await stage.quiet()
    value = {**sent.activity["value"], "action": "accept", **change}
    client = stage.bot.client
    again = await client.post({**sent.activity, "id": "f:other", "value": value})
    assert again.status == 200
    assert await stage.quiet()
    assert stage.connector.drive.files == {}


async def test_answer_outside_the_private_chat_is_refused(stage: Any) -> None:
    asked = await offered(stage)
    sent = await stage.bot.client.consent(asked, accept=False)
    base = stage.bot.client.new("invoke", group(ADA, BEN), ADA)
    posted = {**base, "name": "fileConsent/invoke", "value": {**sent.activity["value"], "action": "accept"}}
    assert (await stage.bot.client.post(posted)).status == 400
    assert stage.connector.drive.files == {}
