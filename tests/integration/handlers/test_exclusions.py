"""What is left out of every answer until it is shown again."""

import csv
import io
import time
from dataclasses import replace
from types import SimpleNamespace

import openpyxl
import pytest

from bot.app.answering import for_programs
from bot.commands.answer_kind import AnswerKind
from bot.commands.command import Export, ExportForm, Ignore, Name, ShowAgain, Usage
from bot.commands.command_document import write
from bot.digests.content.packed_kind import unpack_any
from bot.digests.runs.owner_answer import OwnerAnswers
from bot.domain.conversation import Conversation, ConversationKind
from bot.domain.licensing import Dimension, Entry
from bot.export.export_file import ExportFile
from bot.identity.exclusion import Exclusion
from bot.names.name_index import NameIndex
from bot.programs.answer_json import as_json
from bot.programs.view_json import view_as_json
from bot.usage.command_buttons import press_of
from cards.draw import draw, plain_text
from cards.views.answer_views import ConfirmView, NoMatchView, UsageView
from cards.views.kinds.trend_view import TrendView
from cards.views.personal.ignored_view import IgnoredView
from cards.views.personal.own_list_view import OwnListView
from cards.wording.locale_words import LocaleWords

WORDS = LocaleWords.load("en")
CHANNEL = Conversation("19:channel@thread.tacv2", ConversationKind.CHANNEL, "{}", "team")
EVERYONE = "usage on Exchange by customer"
CUSTOMER = Dimension.CUSTOMER


def names_of(view):
    assert isinstance(view, UsageView)
    return {item.name for item in view.items}


def kinds_of(view):
    return [each.kind for each in view.narrowed]


async def there(desk, text, caller):
    return await desk.engine.answers.answer(text, caller, here=CHANNEL)


async def press(desk, button, caller, here=None):
    return await desk.engine.answers.press(press_of(button), caller, here=here)


async def test_customer_is_left_out_named_and_taken_back_by_a_button(desk):
    before = await desk.ask(EVERYONE)
    left = await desk.ask("ignore TEST COMPANY")
    assert isinstance(left, IgnoredView)
    assert (left.state, left.changed, left.total) == ("added", ("TEST COMPANY",), 1)
    view = await desk.ask(EVERYONE)
    assert (view.matched, "TEST COMPANY" in names_of(view)) == (before.matched - 1, False)
    assert "without TEST COMPANY (ignored)" in plain_text(view, WORDS)
    assert "without TEST COMPANY (ignored)" in str(draw(view, WORDS))
    back = await press(desk, view.ignored, desk.ann)
    assert (back.state, back.changed, back.total) == ("back", ("TEST COMPANY",), 0)
    again = await desk.ask(EVERYONE)
    assert (again.matched, again.ignored, kinds_of(again)) == (before.matched, None, [])


async def test_service_is_asked_without_the_customer(desk):
    await desk.ask("ignore TEST COMPANY")
    await desk.ask(EVERYONE)
    assert "customerTenantId ne" in dict(desk.usage_requests()[-1].params)["filter"]


async def test_long_list_is_filtered_here_not_in_the_address(desk):
    names = await desk.engine.services.directories.names(desk.ann)
    customers = names.entries(Dimension.CUSTOMER)[:40]
    before = (await desk.ask(EVERYONE)).matched
    command = Ignore(tuple(Name(each.label, id=each.id) for each in customers))
    await desk.engine.answers._carry_out(command, desk.engine.answers._context(desk.ann, None, None))
    view = await desk.ask(EVERYONE)
    assert dict(desk.usage_requests()[-1].params)["filter"].count("ne") < 40
    assert view.matched <= before - 20
    assert names_of(view).isdisjoint(each.label for each in customers)


async def test_customer_that_the_question_names_is_there_and_the_card_says_so(desk):
    await desk.ask("ignore TEST COMPANY and Focus on IT")
    view = await desk.ask("usage for TEST COMPANY on Exchange")
    assert (view.matched, kinds_of(view)) == (1, ["not_ignored"])
    assert "with TEST COMPANY (ignored elsewhere)" in plain_text(view, WORDS)


async def test_nothing_is_left_out_beside_a_typed_filter(desk):
    await desk.ask("ignore TEST COMPANY")
    await desk.ask("never show trials")
    view = await desk.ask("filter workloadCode eq 'EXO'")
    assert (view.ignored, kinds_of(view)) == (None, ["filter"])
    assert dict(desk.usage_requests()[-1].params)["filter"] == "workloadCode eq 'EXO'"


async def test_trials_are_left_out_counted_and_shown_again(desk):
    before = await desk.ask("usage on Exchange")
    assert before.total.beyond
    assert (await desk.ask("never show trials")).state == "added"
    view = await desk.ask("usage on Exchange")
    (said,) = [each for each in view.narrowed if each.kind == "no_trials"]
    assert said.count > 0
    assert (view.total.qualified, view.total.unused) == (before.total.qualified, before.total.unused)
    assert view.total.beyond < before.total.beyond
    assert f"without trials (ignored: {said.count})" in plain_text(view, WORDS)
    await desk.ask("show trials again")
    assert (await desk.ask("usage on Exchange")).total == before.total


async def test_question_about_what_is_not_qualified_has_trials(desk):
    before = await desk.ask("customers above 100% on Exchange")
    await desk.ask("never show trials")
    assert (await desk.ask("customers above 100% on Exchange")).matched == before.matched


async def test_list_says_what_is_left_out_and_has_a_button_for_each(desk):
    assert (await desk.ask("what do you ignore?")).state == "empty"
    await desk.ask("ignore TEST COMPANY")
    await desk.ask("never show trials")
    listed = await desk.ask("what do you ignore?")
    assert (listed.state, {each.name for each in listed.items}) == ("listed", {"TEST COMPANY", ""})
    for each in listed.items:
        await press(desk, each.show, desk.ann)
    assert (await desk.ask("what do you ignore?")).state == "empty"
    assert (await desk.ask("show TEST COMPANY again")).state == "not_there"
    await desk.ask("ignore TEST COMPANY")
    assert (await desk.ask("ignore TEST COMPANY")).state == "there"


async def test_several_left_out_things_lead_to_the_list(desk):
    await desk.ask("ignore TEST COMPANY and Focus on IT")
    view = await desk.ask(EVERYONE)
    assert (await press(desk, view.ignored, desk.ann)).total == 2


async def test_exclusions_of_a_person_are_for_that_person_alone(desk):
    await desk.ask("ignore TEST COMPANY")
    assert "ignored" not in kinds_of(await desk.ask(EVERYONE, desk.ben))
    assert "ignored" not in kinds_of(await there(desk, EVERYONE, desk.ann))


async def test_exclusions_of_a_channel_are_for_everybody_there(desk):
    shared = await there(desk, "ignore TEST COMPANY", desk.ann)
    assert (shared.state, shared.shared) == ("added", True)
    assert "ignored" in kinds_of(await there(desk, EVERYONE, desk.ben))
    assert "ignored" not in kinds_of(await desk.ask(EVERYONE))


async def test_only_who_left_it_out_or_a_team_owner_shows_it_again_in_a_channel(desk):
    await there(desk, "ignore TEST COMPANY", desk.ann)
    refused = await there(desk, "show TEST COMPANY again", desk.ben)
    assert (refused.state, refused.total) == ("not_yours", 1)
    assert (await there(desk, "show TEST COMPANY again", desk.ann)).state == "back"
    await there(desk, "ignore TEST COMPANY", desk.ann)

    class Owners:
        async def owns_team(self, caller, here):
            return (caller.key, here) == (desk.ben.key, CHANNEL)

    desk.engine.answers._digests = Owners()
    assert (await there(desk, "show TEST COMPANY again", desk.ben)).state == "back"


SECRET = Entry(Dimension.CUSTOMER, "00000000-0000-0000-0000-00000000dead", "Secret Limited")


async def carried_out(desk, command, caller, here=None):
    return await desk.engine.answers._carry_out(command, desk.engine.answers._context(caller, None, here))


async def left_out_by(desk, caller, entry, place=""):
    where = replace(caller, place=place)
    await desk.engine.services.memory.exclusions.add(where, (Exclusion(entry, by=caller.key),))


async def test_customer_that_the_reader_cannot_see_is_counted_and_not_named(desk):
    await left_out_by(desk, desk.ann, SECRET, CHANNEL.conversation_id)
    await there(desk, "ignore TEST COMPANY", desk.ann)
    for text in ("what do you ignore?", "ignore Focus on IT", "show Focus on IT again"):
        view = await there(desk, text, desk.ben)
        shown = f"{view} {draw(view, WORDS)} {plain_text(view, WORDS)} {view_as_json(view, WORDS)}"
        assert ("Secret" in shown, SECRET.id in shown, view.unseen) == (False, False, 1)
        assert "TEST COMPANY" in {each.name for each in view.items}
        assert "And 1 more that you cannot see." in shown


async def test_name_that_the_reader_cannot_see_is_not_confirmed(desk):
    await left_out_by(desk, desk.ann, SECRET, CHANNEL.conversation_id)
    guessed = await carried_out(desk, ShowAgain((Name("Secret Limited"),)), desk.ben, CHANNEL)
    unknown = await carried_out(desk, ShowAgain((Name("Hidden Limited"),)), desk.ben, CHANNEL)
    assert type(guessed) is type(unknown) is NoMatchView
    by_id = await carried_out(desk, ShowAgain((Name("x", id=SECRET.id),)), desk.ben, CHANNEL)
    assert "Secret" not in str(by_id)


async def test_person_takes_back_what_they_can_no_longer_see_by_its_name(desk):
    await left_out_by(desk, desk.ann, SECRET)
    view = await carried_out(desk, ShowAgain((Name("Secret Limited"),)), desk.ann)
    assert (view.state, view.changed, view.changed_unseen, view.total) == ("back", (), 1, 0)
    assert "Shown again: 1 customer that you cannot see." in plain_text(view, WORDS)


def renamed(desk, monkeypatch, change):
    """Let the person see other customers than the service has figures of."""
    load = desk.engine.services.directories.names

    async def changed(caller):
        found = await load(caller)
        others = [each for dimension in Dimension for each in found.entries(dimension) if dimension is not CUSTOMER]
        return NameIndex.of((*others, *change(found.entries(CUSTOMER))))

    monkeypatch.setattr(desk.engine.services.directories, "names", changed)


async def test_customer_without_an_id_is_refused_by_name(desk, monkeypatch):
    nameless = Entry(CUSTOMER, "Wingtip Toys", "Wingtip Toys", has_id=False)
    renamed(desk, monkeypatch, lambda customers: (*customers, nameless))
    view = await desk.ask("ignore Wingtip Toys")
    assert (view.state, view.changed, view.total) == ("no_id", ("Wingtip Toys",), 0)
    assert "sends no id of Wingtip Toys" in plain_text(view, WORDS)


@pytest.mark.parametrize("question", ["licenses sold by customer", "what renews", "whom should I call?"])
async def test_customer_without_usage_stays_left_out_of_what_was_sold(desk, monkeypatch, question):
    await desk.ask("ignore TEST COMPANY")
    renamed(desk, monkeypatch, lambda customers: [each for each in customers if each.name != "TEST COMPANY"])
    view = await desk.ask(question)
    (said,) = [each for each in view.narrowed if each.kind == "ignored"]
    assert (said.names, said.count) == ((), 1)
    told = f"{plain_text(view, WORDS)} {draw(view, WORDS)}"
    assert ("TEST COMPANY" in told, "without 1 customer without a name here (ignored)" in told) == (False, True)
    assert (await press(desk, view.ignored, desk.ann)).unseen == 1


async def test_button_on_the_card_of_another_person_asks_first(desk):
    await there(desk, "ignore TEST COMPANY", desk.ann)
    view = await there(desk, EVERYONE, desk.ann)
    pressed = replace(press_of(view.ignored), made_for="another")
    assert isinstance(await desk.engine.answers.press(pressed, desk.ben, here=CHANNEL), ConfirmView)


@pytest.mark.parametrize("question", ["what renews", "whom should I call?", "licenses sold by customer"])
async def test_other_answers_are_without_it_and_say_so(desk, question):
    await desk.ask("ignore TEST COMPANY")
    view = await desk.ask(question)
    assert ("ignored" in kinds_of(view), view.ignored is None) == (True, False)
    told = f"{plain_text(view, WORDS)} {draw(view, WORDS)}"
    assert "without TEST COMPANY (ignored)" in told
    assert {each.customer for each in getattr(view, "items", ()) if hasattr(each, "customer")} & {
        "TEST COMPANY"
    } == set()


async def test_trend_is_without_it_and_says_so(desk):
    before = await desk.ask("trend on Exchange")
    await desk.ask("ignore Focus on IT")
    await desk.ask("never show trials")
    view = await desk.ask("trend on Exchange")
    assert isinstance(view, TrendView)
    assert {"ignored", "no_trials"} <= set(kinds_of(view))
    assert view.known[-1].figures.qualified < before.known[-1].figures.qualified


async def test_my_customers_are_without_it(desk):
    await desk.ask("follow TEST COMPANY and Focus on IT")
    await desk.ask("ignore TEST COMPANY")
    view = await desk.ask("usage for my customers on Exchange")
    assert (names_of(view), view.own.silent) == ({"Focus on IT"}, ())
    assert {"mine", "ignored"} <= set(kinds_of(view))
    await desk.ask("ignore Focus on IT")
    nothing = await desk.ask("usage for my customers on Exchange")
    assert isinstance(nothing, OwnListView)
    assert (nothing.state, nothing.total) == ("ignored", 2)


async def test_program_is_without_it_and_names_it(desk):
    await desk.ask("ignore TEST COMPANY")
    question = Usage(subjects=(Name("Exchange"),), by=(Dimension.CUSTOMER,))
    answered = await for_programs(desk.engine).carry_out(question, desk.ann)
    assert as_json(answered)["ignored"] == {"customers": ["TEST COMPANY"], "unnamed": 0, "trials": 0}


def rows_of(made):
    return list(csv.DictReader(io.StringIO(made.content.decode("utf-8-sig"))))


async def test_file_is_without_it(desk):
    question = Usage(subjects=(Name("Exchange"),), by=(Dimension.CUSTOMER,))
    before = rows_of(await desk.engine.answers.file(Export(question), desk.ann))
    await desk.ask("ignore TEST COMPANY")
    made = await desk.engine.answers.file(Export(question), desk.ann)
    assert isinstance(made, ExportFile)
    assert "TEST COMPANY" in {row["Customer"] for row in before}
    assert {row["Customer"] for row in rows_of(made)} == {row["Customer"] for row in before} - {"TEST COMPANY"}


@pytest.mark.parametrize("question", ["trend on Exchange", "what renews", "whom should I call?"])
async def test_program_has_what_is_left_out_of_other_answers(desk, question):
    assert "ignored" not in view_as_json(await desk.ask(question), WORDS)
    await desk.ask("ignore TEST COMPANY")
    told = view_as_json(await desk.ask(question), WORDS)["ignored"]
    assert (told["customers"], told["unnamed"]) == (["TEST COMPANY"], 0)


@pytest.mark.parametrize("kind", [AnswerKind.FIGURES, AnswerKind.RENEWALS])
async def test_notes_of_a_file_say_what_is_left_out(desk, kind):
    await desk.ask("ignore TEST COMPANY")
    made = await desk.engine.answers.file(Export(Usage(kind=kind), ExportForm.XLSX), desk.ann)
    notes = openpyxl.load_workbook(io.BytesIO(made.content)).worksheets[-1]
    assert "without TEST COMPANY (ignored)" in [row[1] for row in notes.iter_rows(values_only=True)]


async def digest_of(owner, desk, kind=ConversationKind.PERSONAL):
    digest = SimpleNamespace(
        tenant_id=owner.tenant_id,
        owner_id=owner.object_id,
        owner_name=owner.name,
        locale="en-US",
        only_if="",
        time_zone="UTC",
        question="",
        command=write(Usage(subjects=(Name("Exchange"),), by=(Dimension.CUSTOMER,))),
        kind=kind,
        conversation_id=CHANNEL.conversation_id,
    )
    return await OwnerAnswers(desk.engine.services, time.time, keep=0).answer(digest, 0)


async def test_digest_alone_is_without_what_is_left_out_of_digests(desk):
    assert (await desk.ask("ignore TEST COMPANY in digests")).state == "added_digests"
    assert "ignored" not in kinds_of(await desk.ask(EVERYONE))
    answered = await digest_of(desk.ann, desk)
    assert [each.name for each in answered.answer.plan.left_out.customers] == ["TEST COMPANY"]
    assert unpack_any(answered.packed).plan.left_out == answered.answer.plan.left_out
    assert (await desk.ask("ignore TEST COMPANY")).state == "added"
    assert "ignored" in kinds_of(await desk.ask(EVERYONE))


async def test_digest_of_a_channel_is_without_what_the_channel_left_out(desk):
    await desk.ask("ignore Focus on IT")
    await there(desk, "ignore TEST COMPANY in digests", desk.ben)
    answered = await digest_of(desk.ann, desk, ConversationKind.CHANNEL)
    assert [each.name for each in answered.answer.plan.left_out.customers] == ["TEST COMPANY"]


async def test_digest_is_without_what_was_read_for_its_key(desk, monkeypatch):
    await desk.ask("ignore TEST COMPANY")
    kept = desk.engine.services.memory.exclusions
    reads, read = [], kept.of

    async def changed_meanwhile(caller):
        found = await read(caller) if not reads else ()
        reads.append(found)
        return found

    monkeypatch.setattr(kept, "of", changed_meanwhile)
    answered = await digest_of(desk.ann, desk)
    assert [each.name for each in answered.answer.plan.left_out.customers] == ["TEST COMPANY"]
    assert len(reads) == 1


async def test_forget_me_erases_it(desk):
    await desk.ask("ignore TEST COMPANY")
    await there(desk, "ignore TEST COMPANY", desk.ann)
    await desk.engine.services.memory.forget(replace(desk.ann, object_id="ANN"))
    assert (await desk.ask("what do you ignore?")).state == "empty"
    assert (await there(desk, "what do you ignore?", desk.ben)).state == "empty"


def test_buttons_that_change_it_are_marked_as_such():
    from bot.commands.effects import changes_state

    assert changes_state(ShowAgain(trials=True))
    assert changes_state(Ignore(trials=True))
