"""The costs of marks are those that the script found, and the script finds costs."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.language.marking.costs import Costs
from bot.language.marking.worded_sentence import possible, worded
from tests.demo_directory import demo_directory
from tests.language.fitting.cost_score import SAFE, JudgedSentence, judged_sentences, score
from tests.language.fitting.fit_costs import COSTS, RECORD, fitted, written
from tests.language.fitting.linear_costs import Linear, flat, linear, nested
from tests.language.near_sentences import names_of, near_sentences

VALUES = flat(Costs.load())
NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))


def test_file_of_costs_is_as_the_script_writes_it():
    assert COSTS.read_text("utf-8") == written(VALUES)


def test_held_out_sentences_reach_what_the_script_recorded():
    record = json.loads(RECORD.read_text("utf-8"))
    reached = score(judged_sentences(Costs.load(), held_out=True), VALUES)
    assert reached.sentences > 200
    assert reached.wrong <= record["wrong"]
    assert reached.right >= record["right"]


def near(base):
    return [JudgedSentence(line, names_of(line), base) for line in near_sentences()]


def test_spoiled_cost_is_found_again():
    spoiled = {**VALUES, "margins.names": 0.02, "names.alias": 0.025}  # an alias is no rival any more
    sentences = near(nested(spoiled))
    before, after = score(sentences, spoiled), score(sentences, fitted(sentences, spoiled))
    assert before.wrong + before.asked > 0
    assert after < before


def test_costs_that_need_no_change_keep_their_values():
    safe = [each for each in near(Costs.load()) if each.judged(VALUES)[1] >= SAFE]
    assert len(safe) > 3
    assert fitted(safe, VALUES) == VALUES


TYPED = ["usage for fabrikam on exchnge", "teams below 50% per klant", "hi bot, top 10 crm last month", "e5 at atlas"]


@pytest.mark.parametrize("text", TYPED)
@pytest.mark.parametrize("name", ["words.misspelt", "words.phrase", "names.leading", "names.edit", "places.time"])
def test_mark_costs_what_its_sum_says_with_other_costs(text, name):
    spans = demo_directory().spans
    other = {**VALUES, name: VALUES[name] + 0.01}
    sums = [mark.cost for at in possible(worded(text, "en", NOW, linear(Costs.load())), spans) for mark in at]
    marks = [mark.cost for at in possible(worded(text, "en", NOW, nested(other)), spans) for mark in at]
    assert marks == pytest.approx([each.at(other, VALUES) if isinstance(each, Linear) else each for each in sums])
