import re
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.commands.command import ChangeDigest, HandleDigest, NewDigest
from bot.gallery.samples.sample_parts import acts, ask, more
from bot.store.digests.digest_record import UNREADABLE, DigestState
from cards.digests.digest_list_card import ACTS, in_short
from cards.digests.digest_notice_card import DONE
from cards.draw import draw, plain_text, summary
from cards.parts.card_size import BUDGET, size
from cards.views.button_payload import AskButton, unpack
from cards.views.digest_views import (
    DIGESTS_ON_CARD,
    ConditionView,
    DigestLine,
    DigestNoticeView,
    DigestSetView,
    DigestsView,
    ScheduleView,
)
from cards.views.page_window import window
from cards.wording.locale_words import LocaleWords
from tests.typed_sentences import parse

WORDS = LocaleWords.load("en-GB")
AT = datetime(2018, 10, 15, 8, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
MONDAYS = ScheduleView("weekly", time(8, 30), "Europe/Amsterdam", days=(0,))


LINE = DigestLine(
    3, "usage on Exchange", MONDAYS, "active", AT, "sent", AT, "Robin Sample", where="channel", acts=acts(3)
)

POSTS_HERE = "It is posted here. Everyone in this conversation can read it, whatever their own rights are."


def asked(card: dict[str, Any]) -> list[list[tuple[str, str]]]:
    """Return the rows of buttons as (title, what it asks).

    Buttons in the menu have dots before the title.
    """
    found = []
    for part in card["body"]:
        for row in [part, *part.get("items", [])]:
            if row["type"] == "ActionSet":
                dots = {"secondary": "… "}
                row_of_buttons = []
                for each in row["actions"]:
                    action = unpack(each["data"])
                    assert isinstance(action, AskButton)
                    row_of_buttons.append((dots.get(each.get("mode", ""), "") + each["title"], action.command["says"]))
                found.append(row_of_buttons)
    return found


def test_a_digest_in_the_list_has_question_times_and_last_result(lines: Any) -> None:
    told = lines(draw(DigestsView((LINE,), 1), WORDS))
    assert told == [
        "Digests",
        "1 digest",
        "usage on Exchange",
        "Digest 3 · Every Monday at 08:30 (Europe/Amsterdam)",
        "Next: Monday, 15 October 2018, 08:30",
        "Posted: Monday, 15 October 2018, 08:30",
    ]


def test_buttons_are_of_the_line_and_the_likeliest_is_not_in_the_menu(valid_card: Any) -> None:
    assert asked(valid_card(draw(DigestsView((LINE,), 1), WORDS))) == [[
        ("Run now", "run digest 3"), ("… Pause", "pause digest 3"), ("… Skip next", "skip digest 3"),
        ("… Change", "change digest 3"), ("… Delete", "stop digest 3"),
    ]]  # fmt: skip
    paused = replace(LINE, state="paused", next=None)
    assert asked(draw(DigestsView((paused,), 1), WORDS))[0][0] == ("Resume", "resume digest 3")


def test_another_owners_digest_has_a_name_and_no_buttons(lines: Any) -> None:
    card = draw(DigestsView((replace(LINE, mine=False),), 1), WORDS)
    assert asked(card) == []
    assert "Set up by Robin Sample" in lines(card)


def test_the_conversation_is_named_unless_it_is_this_one(lines: Any) -> None:
    told = lines(draw(DigestsView((replace(LINE, here=False, where="groupChat"),), 1), WORDS))
    assert "Posted in a group chat" in told


@pytest.mark.parametrize(
    ("last", "told"),
    [("unknown", "Teams did not confirm it arrived"), ("waiting", "Waiting for Robin Sample to sign in"),
     ("missed", "Missed"), ("failed", "Could not be posted")],
)  # fmt: skip
def test_the_last_result_is_shown(last: str, told: str, lines: Any) -> None:
    assert any(told in line for line in lines(draw(DigestsView((replace(LINE, last=last),), 1), WORDS)))


def test_fifty_digests_fit_and_commands_can_be_typed(lines: Any, valid_card: Any) -> None:
    every = tuple(replace(LINE, number=number, acts=acts(number)) for number in range(1, 51))
    card = valid_card(draw(DigestsView(every, 60), WORDS))
    assert size(card) < BUDGET
    told = lines(card)
    rows = len(asked(card))
    assert rows >= 4
    assert sum(line.startswith("Digest ") for line in told) == rows
    assert [line for line in told if line[0].isdigit()][1:] == [
        *(f"{number} · usage on Exchange · Every Monday at 08:30" for number in range(rows + 1, 51)),
        "50 of 60 shown",
        "10 more are not shown.",
    ]
    assert any(f"“pause digest {rows + 1}”" in line for line in told)


@pytest.mark.parametrize("name", ["x" * 500, "🧨" * 90, "好" * 200])
def test_a_list_stays_small_and_counts_what_it_omits(name: str, lines: Any, valid_card: Any) -> None:
    every = tuple(replace(LINE, number=number, question=name, owner=name, mine=False) for number in range(99))
    card = valid_card(draw(DigestsView(every, 99), WORDS))
    assert size(card) < BUDGET
    assert any("more are not shown" in line for line in lines(card))


@pytest.mark.parametrize("name", ["usage on Exchange", "好" * 200])
def test_every_digest_is_on_some_page_with_its_buttons(name: str, lines: Any, pressed: Any) -> None:
    every = tuple(replace(LINE, number=number, question=name, acts=acts(number)) for number in range(1, 41))
    rows, start, seen = DIGESTS_ON_CARD, 0, list[int]()
    for _ in every:
        page = window(len(every), rows, start, DIGESTS_ON_CARD)
        shown = every[page.base : page.end]
        view = DigestsView(shown, len(every), more("digests", DIGESTS_ON_CARD), page.base, page.fresh)
        card = draw(view, WORDS)
        assert size(card) < BUDGET
        found = list(map(int, re.findall(r"^Digest (\d+) · ", "\n".join(lines(card)), re.MULTILINE)))
        assert [row[-1] for row in asked_of_digests(card)] == [("… Delete", f"stop digest {each}") for each in found]
        seen += found
        after = dict(pressed(card)).get("Show more")
        if after is None:
            break
        rows, start = after.rows, after.start
    assert seen == list(range(1, 41))
    assert "Back to start" in dict(pressed(card))


def asked_of_digests(card: dict[str, Any]) -> list[list[tuple[str, str]]]:
    """Return the rows of buttons that are about a digest."""
    return asked({"body": [part for part in card["body"] if part["type"] != "ActionSet"]})


def test_text_without_a_card_lists_the_digests() -> None:
    told = plain_text(DigestsView((LINE, replace(LINE, number=4)), 60), WORDS)
    assert "4 · usage on Exchange · Every Monday at 08:30" in told
    assert told.endswith("58 more are not shown.")


def test_no_digests_say_how_to_set_one_up(lines: Any) -> None:
    told = lines(draw(DigestsView((), 0), WORDS))
    assert told[1] == "No digests"
    assert "“digest every monday 8:30 usage on Exchange”" in told[2]


def test_every_state_of_the_store_has_buttons() -> None:
    assert set(ACTS) == {*DigestState, "paused_until", UNREADABLE}


def test_a_result_leads_back_to_the_list(pressed: Any) -> None:
    view = DigestSetView("paused", LINE, listed=ask("digests"))
    assert pressed(draw(view, WORDS))[-1] == ("All digests", ask("digests"))


def test_buttons_of_a_result_are_one_row_with_three_in_sight() -> None:
    view = DigestSetView("created", LINE, listed=ask("digests"))
    assert asked(draw(view, WORDS)) == [[
        ("Change", "change digest 3"), ("Delete", "stop digest 3"), ("Run now", "run digest 3"),
        ("… All digests", "digests"),
    ]]  # fmt: skip


def test_a_new_digest_names_times_readers_and_rights(lines: Any) -> None:
    view = DigestSetView("created", LINE, (AT, AT.replace(day=22), AT.replace(day=29)))
    card = draw(view, WORDS)
    assert lines(card) == [
        "Digest 3 is set up",
        "usage on Exchange",
        "Every Monday at 08:30 (Europe/Amsterdam)",
        "Next times:",
        "Monday, 15 October 2018, 08:30",
        "Monday, 22 October 2018, 08:30",
        "Monday, 29 October 2018, 08:30",
        f"{POSTS_HERE} It asks Partner Center with the rights of Robin Sample.",
    ]
    assert [text for row in asked(card) for _, text in row] == ["change digest 3", "stop digest 3", "run digest 3"]
    assert summary(view, WORDS) == "Digest 3 is set up"


def test_the_condition_is_on_the_result_and_in_every_list(lines: Any) -> None:
    line = replace(LINE, only=ConditionView(below=50))
    told = "Only when a line is below 50%"
    assert told in lines(draw(DigestSetView("created", line), WORDS))
    assert told in draw(DigestSetView("created", line), WORDS)["speak"]
    assert in_short(line, WORDS).endswith(f" · {told}")
    assert told in "\n".join(lines(draw(DigestsView((line,), 1), WORDS)))


def test_a_digest_in_a_private_chat_is_read_only_by_its_owner(lines: Any) -> None:
    told = lines(draw(DigestSetView("created", replace(LINE, where="personal")), WORDS))
    assert told[-1].startswith("It is posted here, and only you can read it.")


def test_a_deleted_digest_can_be_set_up_again(lines: Any) -> None:
    again = ask("digest every monday 8:30 usage on Exchange")
    card = draw(DigestSetView("stopped", LINE, again=again), WORDS)
    assert asked(card) == [[("Set it up again", again.command["says"])]]
    assert not any("It is posted" in line for line in lines(card))


@pytest.mark.parametrize("done", [*DONE, "never heard of"])
def test_the_card_is_valid_for_every_result(done: str, valid_card: Any) -> None:
    valid_card(draw(DigestSetView(done, LINE, (AT,), ask("x")), WORDS))


def test_the_commands_that_cards_suggest_are_understood() -> None:
    typed = []
    for key in ("schedule.type", "schedule.type.change", "digests.type", "digests.empty"):
        text = WORDS.say(key, number="3", question="usage on Exchange")
        typed += re.findall(r"“([a-z]+ [^”…]*)”", text)
    assert len(typed) == 7
    typed += [
        f"digest {each} usage on Exchange"
        for each in ("every day at 17:00 Europe/Amsterdam", "on the 1st of each month")
    ]
    typed += [f"change digest 3 to {each}" for each in ("every day at 17:00 Europe/Amsterdam", "the 1st of each month")]
    understood = [parse(text, today=date(2026, 10, 5)) for text in typed]
    assert [each for each in understood if not isinstance(each, NewDigest | ChangeDigest | HandleDigest)] == []


def test_a_notice_has_text_and_a_button(lines: Any) -> None:
    card = draw(DigestNoticeView("paused_misses", LINE, again=ask("resume digest 3")), WORDS)
    assert lines(card)[:2] == [
        "Digest 3 is paused",
        "I waited three times in a row for you to sign in, so I paused it. Sign in, then press “Resume”.",
    ]
    assert asked(card) == [[("Resume", "resume digest 3")]]


def test_a_notice_says_to_how_many_other_digests_it_happened(lines: Any) -> None:
    told = lines(draw(DigestNoticeView("refused", LINE, more=37, last=True), WORDS))
    assert told[-1] == "The same happened to 37 more of your digests. To see them, type “digests”."
    told = lines(draw(DigestNoticeView("refused", LINE, last=True), WORDS))
    assert told[-1].startswith("If it happens to more of your digests within the next hour")


def test_a_notice_has_the_reason_when_there_is_a_text_for_it(lines: Any) -> None:
    known = DigestNoticeView("failed", LINE, "access_denied")
    assert summary(known, WORDS).startswith("Partner Center does not let you see this.")
    told = lines(draw(DigestNoticeView("failed", LINE, "BadSyntax"), WORDS))
    assert told[0] == "Digest 3 was not posted"
    assert told[-1] == "For support: BadSyntax"


def test_a_notice_has_the_code_for_support(lines: Any) -> None:
    told = lines(draw(DigestNoticeView("failed", LINE, "access_denied 4c2f-11"), WORDS))
    assert told[1].startswith("Partner Center does not let you see this.")
    assert told[-1] == "For support: 4c2f-11"
    told = lines(draw(DigestNoticeView("failed", LINE, "entra_refused AADSTS53003"), WORDS))
    assert "Show your IT department the code AADSTS53003." in told[1]
    assert not told[-1].startswith("For support")
    assert "the code –." in summary(DigestNoticeView("failed", LINE, "entra_refused"), WORDS)


def test_a_notice_says_why_a_question_can_no_longer_be_answered() -> None:
    gone = summary(DigestNoticeView("failed", LINE, "no_match"), WORDS)
    assert gone.startswith("A name in its question no longer exists")
    strange = summary(DigestNoticeView("failed", LINE, "not_understood"), WORDS)
    assert strange.startswith("I no longer understand its question.")
