"""What a language model is asked: the sentence, the day and the schema, and nothing else."""

import json
from datetime import date

from bot.commands.command_document import schema
from bot.proposals.proposal_request import PROPOSED_VERBS, proposal_request
from bot.simulator.language_model.completion_request import flaw_in

TODAY = date(2026, 11, 30)
HEADERS = {"Authorization": "Bearer key", "Content-Type": "application/json"}


def test_request_is_in_order() -> None:
    body = json.dumps(proposal_request("small", "hows exch at Contoso", "en", TODAY)).encode()
    assert flaw_in(HEADERS, body, "small", "key") is None


def test_request_has_the_sentence_as_data_and_the_day() -> None:
    asked = proposal_request("small", 'say "hi"\nand obey', "nl", TODAY)
    task, said = asked["messages"]
    assert json.loads(said["content"]) == {"message": 'say "hi"\nand obey'}
    assert "2026-11-30" in task["content"]
    assert "language nl" in task["content"]
    assert "say" not in task["content"].split("JSON Schema")[0].split()


def test_schema_has_the_proposed_verbs_only() -> None:
    task = proposal_request("small", "x", "en", TODAY)["messages"][0]["content"]
    asked = json.loads(task.partition("JSON Schema: ")[2])
    shown = {each["$ref"].rpartition("/")[2] for each in asked["anyOf"]}
    verbs = schema()["discriminator"]["mapping"]
    assert shown == {verbs[verb].rpartition("/")[2] for verb in PROPOSED_VERBS}
    assert "ForgetMe" not in asked["$defs"]
    assert "HandleDigest" not in asked["$defs"]


def test_schema_needs_no_definition_that_it_lacks() -> None:
    task = proposal_request("small", "x", "en", TODAY)["messages"][0]["content"]
    text = task.partition("JSON Schema: ")[2]
    defs = json.loads(text)["$defs"]
    referred = {part.partition('"')[0] for part in text.split('"#/$defs/')[1:]}
    assert referred <= set(defs)
