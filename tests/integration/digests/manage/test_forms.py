"""Digests that are set up and changed on cards."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.commands.documents.condition_document import from_stored
from bot.commands.run_condition import ALWAYS, RunCondition
from cards.draw import draw
from cards.views.digest_form_views import DigestFormView, DigestSettingsView
from cards.views.digest_views import ConditionView, DigestSetView
from cards.wording.locale_words import LocaleWords

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WORDS = LocaleWords.load("en-GB")
SET_UP = (
    "digest", "set up a digest", "digest instellen", "Digest einrichten", "nouveau résumé", "új rendszeres jelentés",
)  # fmt: skip
ASKED = "digest usage for TEST COMPANY on Exchange"
MONDAYS = {"when": "day0", "at": "09:00", "quiet": "always"}


async def test_form_sets_up_what_is_chosen(office: Any) -> None:
    view = await office.say(ASKED)
    assert isinstance(view, DigestFormView)
    assert (view.choices.inputs.zone, view.shared) == ("Europe/Amsterdam", True)
    made = await office.fill(view.save, when="weekdays", at="16:30", quiet="below", amount="60 %", zone="new york")
    assert (made.done, made.line.when.kind, made.line.when.at) == ("created", "weekdays", time(16, 30))
    assert (made.line.when.zone, made.line.only, made.zone_form) == ("America/New_York", ConditionView(below=60), None)
    digest = await office.digest(1)
    assert from_stored(digest.only_if) == RunCondition(below=0.6)
    assert (digest.conversation_id, digest.time_zone) == ("19:sales@thread.tacv2", "Europe/Amsterdam")


async def test_digest_alone_opens_a_form_that_asks_what(office: Any, people: Any) -> None:
    assert (await office.chat("digest every monday at 9", people.bob)).problem == "missing.question"
    for said in SET_UP:
        view = await office.chat(said)
        assert isinstance(view, DigestFormView), said
        assert (view.choices.groups, view.choices.inputs.what) == (("customer", "workload", "product"), "workload")
    made = await office.fill(view.save, **MONDAYS, what="customer")
    assert (made.done, made.line.question) == ("created", "usage by customer")


async def test_what_is_asked_for_is_not_changed_by_a_form(office: Any) -> None:
    view = await office.say(ASKED)
    assert view.choices.groups == ()
    made = await office.fill(view.save, **MONDAYS, what="workload")
    assert made.line.question == "usage for TEST COMPANY on Exchange"


async def test_mistakes_come_back_on_the_form_with_what_was_typed(office: Any) -> None:
    form = (await office.say(ASKED)).save
    wrong = {"when": "day2", "at": "half past", "quiet": "below", "amount": "lots", "zone": "Rotterdam"}
    view = await office.fill(form, **wrong)
    assert isinstance(view, DigestFormView)
    assert view.choices.mistakes == ("at", "zone", "below")
    assert {name: getattr(view.choices.inputs, name) for name in wrong} == wrong
    assert "“Rotterdam”" in str(draw(view, WORDS))
    assert await office.store.digests.count() == 0
    mended = await office.fill(view.save, **wrong | {"at": "8:30", "amount": "50", "zone": "Amsterdam"})
    assert (mended.done, mended.line.when.days, mended.line.when.at) == ("created", (2,), time(8, 30))


async def test_input_that_was_emptied_is_told_as_empty(office: Any) -> None:
    first = await office.say("digest every monday at 9 usage on Exchange")
    settings = (await office.say("change digest 1")).save
    for form, given, told in (
        ((await office.say(ASKED)).save, MONDAYS | {"at": ""}, "At: fill this in."),
        (settings, MONDAYS | {"at": ""}, "At: fill this in."),
        (first.zone_form, {}, "Time zone or city: fill this in."),
    ):
        view = await office.fill(form, **given)
        assert told in str(draw(view, WORDS))
    view = await office.fill(settings, at="10:00", quiet="always")
    assert (view.choices.mistakes, view.choices.inputs.when) == (("when",), "")


async def test_number_without_a_condition_is_asked_about_and_not_lost(office: Any) -> None:
    form = (await office.say(ASKED)).save
    told = "“40” is used only with a condition. Choose one at “Post it”, or empty this."
    for quiet in ("always", "changed"):
        view = await office.fill(form, **MONDAYS | {"quiet": quiet}, amount="40")
        assert (view.choices.mistakes, view.choices.inputs.amount) == (("spare",), "40")
        assert told in str(draw(view, WORDS))
    assert await office.store.digests.count() == 0
    assert (await office.fill(view.save, **MONDAYS | {"quiet": "below"}, amount="40")).done == "created"
    # The number that the condition had was not typed.
    save = (await office.say("change digest 1")).save
    view = await office.fill(save, **MONDAYS | {"quiet": "always"}, amount="50", zone="Europe/Amsterdam")
    assert view.choices.mistakes == ("spare",)
    saved = await office.fill(save, **MONDAYS | {"quiet": "always"}, amount="40", zone="Europe/Amsterdam")
    assert (saved.done, saved.line.only) == ("changed", None)


async def test_form_that_is_sent_twice_sets_up_one_digest(office: Any) -> None:
    form = (await office.say(ASKED)).save
    assert [(await office.fill(form, **MONDAYS)).done for _ in "ab"] == ["created", "exists"]
    other = await office.fill(form, **MONDAYS | {"quiet": "changed"})
    assert (other.done, other.line.only) == ("created", ConditionView(changed=True))


async def test_another_person_gets_a_form_of_their_own(office: Any, people: Any) -> None:
    form = (await office.say(ASKED)).save
    view = await office.fill(form, people.bob, **MONDAYS)
    assert isinstance(view, DigestFormView)
    assert await office.store.digests.count() == 0
    made = await office.fill(view.save, people.bob, made_for=people.bob, **MONDAYS)
    assert (made.done, made.line.owner) == ("created", "Bob Seller")


async def test_digest_of_a_channel_can_be_posted_in_private(office: Any, rooms: Any) -> None:
    form = (await office.say(ASKED)).save
    made = await office.fill(form, **MONDAYS, where="private")
    assert (made.done, made.line.where, made.line.here) == ("created", "personal", False)
    assert (await office.digest(1)).conversation_id == rooms.private.conversation_id


async def test_form_says_that_there_is_no_private_chat(office: Any) -> None:
    office.private = False
    view = await office.fill((await office.say(ASKED)).save, **MONDAYS, where="private")
    assert (view.choices.mistakes, view.choices.inputs.where) == (("private",), "private")
    assert await office.store.digests.count() == 0


async def test_first_digest_asks_once_for_the_time_zone(office: Any) -> None:
    first = await office.say("digest every monday at 9 usage on Exchange")
    assert first.line.when.zone == "Europe/Amsterdam"
    moved = await office.fill(first.zone_form, zone="tokyo")
    assert (moved.done, moved.line.when.zone, moved.line.when.at) == ("changed", "Asia/Tokyo", time(9))
    second = await office.say("digest every tuesday at 9 usage on Exchange")
    assert (second.line.when.zone, second.zone_form) == ("Asia/Tokyo", None)
    assert (await office.say(ASKED)).choices.inputs.zone == "Asia/Tokyo"


async def test_unknown_city_of_the_first_digest_is_asked_again(office: Any) -> None:
    first = await office.say("digest every monday at 9 usage on Exchange")
    view = await office.fill(first.zone_form, zone="Atlantis")
    assert isinstance(view, DigestSettingsView)
    assert view.choices is not None
    assert (view.choices.mistakes, view.choices.inputs.zone) == (("zone",), "Atlantis")


async def test_forget_me_erases_the_time_zone(office: Any, people: Any) -> None:
    await office.fill((await office.say(ASKED)).save, **MONDAYS, zone="tokyo")
    assert (await office.say(ASKED)).choices.inputs.zone == "Asia/Tokyo"
    await office.desk.forget(people.ada)
    assert (await office.say(ASKED)).choices.inputs.zone == "Europe/Amsterdam"


async def test_time_zone_is_changed_by_the_form_of_a_later_digest(office: Any) -> None:
    await office.say("digest every monday at 9 usage on Exchange")
    form = await office.say(ASKED)
    assert "Your time zone or city" in str(draw(form, WORDS))
    moved = await office.fill(form.save, **MONDAYS, zone="new york")
    assert moved.line.when.zone == "America/New_York"
    assert (await office.say("digest every friday at 9 usage")).line.when.zone == "America/New_York"
    assert (await office.digest(1)).schedule.zone == "Europe/Amsterdam"


async def test_zone_in_a_sentence_is_that_of_one_digest(office: Any) -> None:
    said = await office.say("digest every day at 17:00 Asia/Tokyo usage on Exchange")
    assert (said.line.when.zone, said.zone_form) == ("Asia/Tokyo", None)
    assert (await office.say(ASKED)).choices.inputs.zone == "Europe/Amsterdam"


async def test_settings_show_what_holds_and_save_what_is_changed(office: Any) -> None:
    number = await office.made("digest every weekday at 9 usage on Exchange")
    view = await office.say(f"change digest {number}")
    assert isinstance(view, DigestSettingsView)
    assert view.choices is not None
    held = view.choices.inputs
    assert (held.when, held.at, held.quiet, held.zone) == ("weekdays", "09:00", "always", "Europe/Amsterdam")
    saved = await office.fill(view.save, when="last", at="18:00", quiet="unused", amount="20", zone=held.zone)
    assert (saved.done, saved.line.when.day, saved.line.only) == ("changed", 31, ConditionView(unused_above=20))


async def test_saving_the_condition_alone_leaves_a_pause_as_it_is(office: Any) -> None:
    number = await office.made("digest every monday at 9 usage on Exchange")
    await office.say(f"pause digest {number}")
    view = await office.say(f"change digest {number}")
    saved = await office.fill(view.save, **MONDAYS | {"quiet": "changed"}, zone="Europe/Amsterdam")
    assert (saved.line.state, saved.line.only) == ("paused", ConditionView(changed=True))
    again = await office.fill(view.save, **MONDAYS, zone="Europe/Amsterdam")
    assert (again.line.state, again.line.only) == ("paused", None)
    assert from_stored((await office.digest(number)).only_if) == ALWAYS


async def test_saving_another_time_leaves_a_pause_as_it_is(office: Any) -> None:
    number = await office.made("digest every monday at 9 usage on Exchange")
    view = await office.say(f"change digest {number}")
    for pause, state in (("pause digest 1", "paused"), ("snooze 1 until 14 december", "paused_until")):
        await office.say(pause)
        before = await office.digest(number)
        saved = await office.fill(view.save, **MONDAYS | {"when": "daily", "at": "10:30"}, zone="Europe/Amsterdam")
        assert (saved.done, saved.line.state, saved.line.when.at) == ("changed", state, time(10, 30))
        after = await office.digest(number)
        assert (after.state, after.paused_until) == (before.state, before.paused_until)
        told = str(draw(saved, WORDS))
        assert "Paused" in told
        assert "Resume" in told
    assert (await office.digest(number)).next_due == datetime(2026, 12, 14, 10, 30, tzinfo=AMSTERDAM).timestamp()


async def test_last_day_of_a_digest_is_kept_when_its_days_change(office: Any) -> None:
    number = await office.made("digest every monday at 9 until 31 december usage on Exchange")
    view = await office.say(f"change digest {number}")
    assert view.choices.inputs.when == "day0"
    saved = await office.fill(view.save, **MONDAYS | {"when": "day4"}, zone="Europe/Amsterdam")
    assert (saved.line.when.days, saved.line.when.until) == ((4,), date(2026, 12, 31))
    await office.fill(view.save, **MONDAYS | {"at": "10:00"}, zone="Europe/Amsterdam")
    assert (await office.digest(number)).schedule.until == date(2026, 12, 31)


async def test_zone_of_a_single_time_is_saved_and_its_moment_stays(office: Any) -> None:
    number = await office.made("digest in 45 minutes usage on Exchange")
    view = await office.say(f"change digest {number}")
    before = await office.digest(number)
    saved = await office.fill(view.save, when="kept", at="", quiet="always", zone="tokyo")
    after = await office.digest(number)
    assert (saved.line.when.zone, after.next_due, after.only_if) == ("Asia/Tokyo", before.next_due, before.only_if)


async def test_settings_of_a_digest_do_not_change_the_zone_of_a_person(office: Any, people: Any, rooms: Any) -> None:
    office.team_owners.add(rooms.channel.reference)
    for sentence, when in (
        ("digest in 45 minutes usage on Exchange", "kept"),
        ("digest every monday at 9 usage", "day0"),
    ):
        number = await office.made(sentence)
        for person in (people.ada, people.bob):
            view = await office.say(f"change digest {number}", person)
            at = view.choices.inputs.at
            await office.fill(view.save, person, made_for=person, when=when, at=at, quiet="always", zone="tokyo")
        assert (await office.digest(number)).schedule.zone == "Asia/Tokyo"
    assert (await office.say(ASKED)).choices.inputs.zone == "Europe/Amsterdam"
    assert (await office.say(ASKED, people.bob)).choices.inputs.zone == "America/New_York"


async def test_owner_of_the_team_who_leaves_the_zone_empty_keeps_it(office: Any, people: Any, rooms: Any) -> None:
    number = await office.made("digest every monday at 9 usage on Exchange")
    office.team_owners.add(rooms.channel.reference)
    view = await office.say(f"change digest {number}", people.bob)
    saved = await office.fill(view.save, people.bob, made_for=people.bob, **MONDAYS | {"at": "10:00"})
    assert (saved.line.when.at, saved.line.when.zone) == (time(10), "Europe/Amsterdam")


async def test_days_that_no_choice_says_are_kept(office: Any) -> None:
    number = await office.made("digest every monday and thursday at 9 usage on Exchange")
    view = await office.say(f"change digest {number}")
    assert view.choices.inputs.when == view.choices.days[0] == "kept"
    saved = await office.fill(view.save, when="kept", at="10:15", quiet="always", zone="Europe/Amsterdam")
    assert (saved.line.when.days, saved.line.when.at) == ((0, 3), time(10, 15))


async def test_pause_until_a_day_and_pause_without_one(office: Any) -> None:
    number = await office.made("digest every monday at 9 usage on Exchange")
    view = await office.say(f"change digest {number}")
    paused = await office.fill(view.pause, until="2026-12-10", **MONDAYS)
    assert (paused.done, paused.line.until) == ("paused_until", date(2026, 12, 10))
    assert (await office.fill(view.pause)).done == "paused"


async def test_a_pause_offers_the_day_until_which_it_lasts(office: Any) -> None:
    number = await office.made("digest every monday at 9 usage on Exchange")
    paused = await office.say(f"pause digest {number}")
    assert paused.done == "paused"
    later = await office.fill(paused.until_form, until="2026-12-10")
    assert (later.done, later.line.until, later.until_form) == ("paused_until", date(2026, 12, 10), None)


async def test_pause_until_a_day_that_is_past_is_told_on_the_card(office: Any) -> None:
    number = await office.made("digest every monday at 9 usage on Exchange")
    view = await office.say(f"change digest {number}")
    for until, mistake in (("2020-01-01", "past"), ("some day", "until")):
        told = await office.fill(view.pause, until=until)
        assert isinstance(told, DigestSettingsView)
        assert told.choices is not None
        assert (told.choices.mistakes, told.choices.inputs.until) == ((mistake,), until)
    assert (await office.digest(number)).state == "active"


async def test_pause_tells_that_what_was_changed_is_not_saved(office: Any) -> None:
    number = await office.made("digest every monday at 9 usage on Exchange")
    view = await office.say(f"change digest {number}")
    for changed in (
        {"at": "10:00"},
        {"when": "day1"},
        {"quiet": "below", "amount": "50"},
        {"zone": "tokyo"},
        {"at": "x"},
    ):
        told = await office.fill(view.pause, until="2026-12-10", **MONDAYS | changed)
        assert told.choices.mistakes == ("unsaved",), changed
        assert "press “Save” first" in str(draw(told, WORDS))
    assert (await office.fill(view.pause, **MONDAYS | {"at": "10:00"})).choices.mistakes == ("unsaved",)
    assert (await office.digest(number)).schedule.at == time(9)
    assert (await office.digest(number)).next_due == datetime(2026, 11, 23, 9, 0, tzinfo=AMSTERDAM).timestamp()
    assert (await office.fill(view.pause, **MONDAYS | {"at": "9:00"}, zone="europe/amsterdam")).done == "paused"


async def test_save_works_on_the_card_that_tells_what_is_not_saved(office: Any) -> None:
    number = await office.made("digest every monday at 9 usage on Exchange")
    view = await office.say(f"change digest {number}")
    told = await office.fill(view.pause, until="2026-12-10", **MONDAYS | {"at": "10:00"})
    held = told.choices.inputs
    assert (held.at, held.until) == ("10:00", "")
    saved = await office.fill(told.save, when=held.when, at=held.at, quiet=held.quiet, until=held.until, zone=held.zone)
    assert (saved.done, saved.line.when.at) == ("changed", time(10))


async def test_digest_that_is_over_offers_no_pause(office: Any) -> None:
    number = await office.made("digest in 1 minute usage on Exchange")
    office.clock.now += 60
    await office.claim()
    view = await office.say(f"change digest {number}")
    card = str(draw(view, WORDS))
    assert (view.line.state, view.pause) == ("done", None)
    assert "Pause" not in card
    assert "Input.Date" not in card
    assert "Save" in card


async def test_owner_of_the_team_is_named_where_there_is_a_team(office: Any, people: Any, rooms: Any) -> None:
    for here, named in ((rooms.channel, True), (rooms.group, False)):
        number = await office.made("digest every monday at 9 usage on Exchange", here=here)
        view = await office.say(f"change digest {number}", people.bob, here)
        assert ("An owner of the team can, too" in str(draw(view, WORDS))) is named


async def test_digest_keeps_the_language_of_its_owner_not_of_a_sentence(office: Any, people: Any) -> None:
    passing = replace(people.ada, locale="nl-NL", client="en-GB")
    view = await office.say("digest every monday at 9 usage on Exchange", passing)
    assert (await office.digest(view.line.number)).locale == "en-GB"


async def test_others_see_the_facts_and_cannot_change_them(office: Any, people: Any) -> None:
    number = await office.made("digest every monday at 9 usage on Exchange")
    form = (await office.say(f"change digest {number}")).save
    for made_for in (people.ada, people.bob):
        view = await office.fill(form, people.bob, made_for=made_for, when="daily", at="10:00", quiet="always")
        told = view.problem if made_for is people.bob else (view.choices, view.line.acts)
        assert told == ("digest_not_yours" if made_for is people.bob else (None, {}))
    assert (await office.digest(number)).schedule.at == time(9)
    shown = await office.say(f"change digest {number}", people.bob)
    assert (shown.choices, shown.save, shown.line.owner) == (None, None, "Ada Agent")


async def test_owner_of_the_team_changes_it_and_its_owner_is_told(office: Any, people: Any, rooms: Any) -> None:
    number = await office.made("digest every monday at 9 usage on Exchange")
    office.team_owners.add(rooms.channel.reference)
    view = await office.say(f"change digest {number}", people.bob)
    saved = await office.fill(view.save, people.bob, made_for=people.bob, **MONDAYS | {"at": "10:00"})
    assert (saved.done, saved.line.owner) == ("changed", "Ada Agent")
    assert [notice.notice for _, notice in office.told] == ["changed_by_team"]


async def test_old_form_of_a_digest_that_is_gone_is_harmless(office: Any) -> None:
    number = await office.made("digest every monday at 9 usage on Exchange")
    view = await office.say(f"change digest {number}")
    await office.say(f"stop digest {number}")
    assert (await office.fill(view.save, **MONDAYS)).problem == "no_such_digest"
    assert (await office.fill(view.pause)).problem == "no_such_digest"
    assert await office.store.digests.count() == 0


async def test_form_of_another_command_does_what_the_command_says(office: Any) -> None:
    number = await office.made("digest every monday at 9 usage on Exchange")
    button = (await office.say(f"change digest {number}")).save
    stopped = await office.fill(replace(button, command={"v": 1, "verb": "list_digests"}), **MONDAYS)
    assert not isinstance(stopped, DigestSetView)
    assert (await office.digest(number)).schedule.at == time(9)


async def test_condition_without_a_time_opens_the_form_with_it(office: Any) -> None:
    view = await office.say("usage on Exchange only if something changed")
    assert isinstance(view, DigestFormView)
    assert view.choices.inputs.quiet == "changed"
    made = await office.fill(view.save, **MONDAYS | {"quiet": "dropped", "amount": "50"})
    assert (made.done, made.line.only) == ("created", ConditionView(drops_below=50))


async def test_condition_of_a_single_time_is_told_below_its_input(office: Any) -> None:
    number = await office.made("digest in 5 minutes usage on Exchange")
    form = (await office.say(f"change digest {number}")).save
    view = await office.fill(form, when="kept", quiet="changed", zone="Europe/Amsterdam")
    assert view.choices.mistakes == ("once",)
    assert "always posted" in str(draw(view, WORDS))
