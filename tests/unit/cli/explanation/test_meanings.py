"""What a sentence means, in the fields that programs read."""

from collections.abc import Callable

import pytest

from bot.cli.explanation.explanation import Explanation, Outcome

Explain = Callable[[str], Explanation]
ADATUM = "customerTenantId eq '1A000000-0D54-4A4C-9A3E-3B1F1D5A0001'"


@pytest.mark.parametrize(
    ("sentence", "meaning"),
    [
        ("usage", {"act": "usage", "filter": "", "by": ["workload"]}),
        (
            "usage for Adatum on Exchange",
            {"act": "usage", "filter": f"{ADATUM} and workloadCode eq 'EXO'", "by": ["workload", "product"]},
        ),
        (
            "usage for Adatum except SharePoint",
            {"act": "usage", "filter": f"{ADATUM} and workloadCode ne 'SPO'", "by": ["workload", "product"]},
        ),
        ("usage via reseller by channel", {"act": "usage", "filter": "channel eq 'reseller'", "by": ["channel"]}),
        (
            "filter workloadCode eq 'EXO' or channel eq 'x'",
            {"act": "usage", "filter": "workloadCode eq 'EXO' or channel eq 'x'", "by": ["workload"]},
        ),
        (
            "bottom 7 by product on SharePoint",
            {
                "act": "usage",
                "filter": "workloadCode eq 'SPO'",
                "by": ["product"],
                "keep": {"end": "bottom", "n": 7, "measure": "share"},
            },
        ),
        ("usage as of 2027-01-15", {"act": "usage", "filter": "", "by": ["workload"], "day": "2027-01-15"}),
        ("customers", {"act": "list", "of": "customers"}),
        ("customers tail", {"act": "list", "of": "customers", "search": "tail"}),
        ("workloads", {"act": "list", "of": "workloads"}),
        ("digests", {"act": "list", "of": "digests"}),
        ("pause digest 12", {"act": "manage", "do": "pause", "target": [12]}),
        ("sign in", {"act": "account", "do": "sign_in"}),
        ("sign out", {"act": "account", "do": "sign_out"}),
        ("who am i", {"act": "account", "do": "who_am_i"}),
        ("forget me", {"act": "account", "do": "forget_me"}),
    ],
)
def test_meaning_holds_what_was_said(explain: Explain, sentence: str, meaning: dict[str, object]) -> None:
    explained = explain(sentence)
    assert (explained.outcome, explained.meaning, explained.why) == (Outcome.ANSWER, meaning, None)


@pytest.mark.parametrize(
    ("sentence", "meaning"),
    [
        ("help", {"act": "help"}),
        ("help digest", {"act": "help", "topic": "digest"}),
        ("good morning!", {"act": "help", "topic": "hello"}),
        ("thanks a lot", {"act": "help", "topic": "thanks"}),
    ],
)
def test_outcome_is_help_when_nothing_was_asked(explain: Explain, sentence: str, meaning: dict[str, str]) -> None:
    explained = explain(sentence)
    assert (explained.outcome, explained.meaning) == (Outcome.HELP, meaning)


@pytest.mark.parametrize(
    ("said", "conditions"),
    [
        ("below 7%", [("<", 7)]),
        ("at most 12.5%", [("<=", 12.5)]),
        ("above 110%", [(">", 110)]),
        ("at least 40 percent", [(">=", 40)]),
        ("between 20% and 60%", [(">=", 20), ("<=", 60)]),
    ],
)
def test_conditions_are_in_exact_percent(explain: Explain, said: str, conditions: list[tuple[str, float]]) -> None:
    meaning = explain(f"usage {said}").meaning
    assert meaning is not None
    assert meaning["conditions"] == [
        {"measure": "share", "operator": operator, "value": value, "unit": "%"} for operator, value in conditions
    ]


@pytest.mark.parametrize(
    ("when", "kind", "moments"),
    [
        (
            "every day at 7:45",
            "daily",
            ["2027-02-02T07:45:00+00:00", "2027-02-03T07:45:00+00:00", "2027-02-04T07:45:00+00:00"],
        ),
        (
            "every monday at 10",
            "weekly",
            ["2027-02-01T10:00:00+00:00", "2027-02-08T10:00:00+00:00", "2027-02-15T10:00:00+00:00"],
        ),
        (
            "on the 31st of each month at 6",
            "monthly",
            ["2027-02-28T06:00:00+00:00", "2027-03-31T06:00:00+01:00", "2027-04-30T06:00:00+01:00"],
        ),
        ("in 20 minutes", "once", ["2027-02-01T09:20:00+00:00"]),
    ],
)
def test_schedule_has_the_next_moments_on_the_persons_clock(
    explain: Explain, when: str, kind: str, moments: list[str]
) -> None:
    explained = explain(f"digest {when} usage on Exchange")
    assert explained.outcome is Outcome.ANSWER
    assert explained.meaning == {
        "act": "digest",
        "filter": "workloadCode eq 'EXO'",
        "by": ["customer"],
        "schedule": {"kind": kind, "next": moments},
    }


def test_schedule_is_on_its_own_clock_when_a_zone_was_said(explain: Explain) -> None:
    meaning = explain("change digest 2 to every day at 9 Asia/Tokyo").meaning
    assert meaning is not None
    assert meaning["schedule"] == {
        "kind": "daily",
        "next": ["2027-02-02T09:00:00+09:00", "2027-02-03T09:00:00+09:00", "2027-02-04T09:00:00+09:00"],
    }


def test_names_are_taken_at_their_word_when_offline(explain_offline: Explain) -> None:
    explained = explain_offline("usage for Whoever Ltd on Exchange")
    assert explained.outcome is Outcome.ANSWER
    assert explained.meaning is not None
    assert explained.meaning["filter"] == "customerName eq 'Whoever Ltd' and workloadCode eq 'EXO'"
