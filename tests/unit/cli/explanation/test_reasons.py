"""Why a sentence is not answered, what is kept of it, and what is offered instead."""

from collections.abc import Callable

import pytest

from bot.cli.explanation.explanation import Explanation, Outcome, WhyKind

Explain = Callable[[str], Explanation]


def test_several_are_asked_back_with_a_choice_for_each(explain: Explain) -> None:
    explained = explain("usage for litware on Exchange")
    assert explained.outcome is Outcome.ASK
    assert explained.why is not None
    assert (explained.why.kind, explained.why.what) == (WhyKind.SEVERAL, "litware")
    assert explained.why.text.startswith("2 customers match “litware”.")
    assert [(choice.label, choice.text) for choice in explained.choices] == [
        ("Litware (4D00…)", "usage for 4D000000-0D54-4A4C-9A3E-3B1F1D5A0001 on Exchange"),
        ("Litware (5E00…)", "usage for 5E000000-0D54-4A4C-9A3E-3B1F1D5A0001 on Exchange"),
    ]
    assert explained.meaning == {"act": "usage", "filter": "workloadCode eq 'EXO'", "by": ["workload", "product"]}


def test_filter_is_left_out_when_no_name_is_one_things(explain: Explain) -> None:
    assert explain("usage for litware").meaning == {"act": "usage", "by": ["workload", "product"]}


def test_unknown_name_is_asked_back_with_the_nearest(explain: Explain) -> None:
    explained = explain("usage for Northwnd Tradrs Europe on SharePoint")
    assert explained.outcome is Outcome.ASK
    assert explained.why is not None
    assert (explained.why.kind, explained.why.what) == (WhyKind.NO_SUCH_NAME, "Northwnd Tradrs Europe")
    assert explained.choices[0].label == "Northwind Traders"
    assert explained.choices[-1].text == "usage on SharePoint"
    assert [(span.text, span.at) for span in explained.not_understood] == [("Northwnd Tradrs Europe", 10)]


def test_unknown_name_is_refused_when_nothing_is_near(explain: Explain) -> None:
    explained = explain("usage for Zzyzx on SharePoint")
    assert explained.outcome is Outcome.REFUSE
    assert [choice.text for choice in explained.choices] == ["usage on SharePoint"]


def test_unknown_name_offers_nothing_when_nothing_else_was_said(explain: Explain) -> None:
    explained = explain("usage for Zzyzx")
    assert (explained.outcome, explained.choices) == (Outcome.REFUSE, ())


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("usage for litware and Zzyzx on SharePoint", Outcome.ASK),
        ("usage for Northwnd Tradrs Europe and Zzyzx on SharePoint", Outcome.REFUSE),
    ],
)
def test_no_choice_is_offered_when_another_name_is_unknown(explain: Explain, sentence: str, outcome: Outcome) -> None:
    explained = explain(sentence)
    assert explained.outcome is outcome
    assert [choice.text for choice in explained.choices] == ["usage on SharePoint"]
    assert "Zzyzx" in [span.text for span in explained.not_understood]


@pytest.mark.parametrize("sentence", ["digest usage for Adatum", "change digest 4"])
def test_missing_time_is_asked_for_with_schedules(explain: Explain, sentence: str) -> None:
    explained = explain(sentence)
    assert explained.outcome is Outcome.ASK
    assert explained.why is not None
    assert (explained.why.kind, explained.why.what) == (WhyKind.MISSING, "time")
    assert [explain(choice.text).outcome for choice in explained.choices] == [Outcome.ANSWER] * 5
    assert explained.choices[0].label == "Every Monday at 9:00\u202fAM"


@pytest.mark.parametrize(
    ("sentence", "what"), [("", "question"), ("usage for", "name"), ("stop digest", "digest"), (" \t ", "question")]
)
def test_what_is_missing_is_asked_for(explain: Explain, sentence: str, what: str) -> None:
    explained = explain(sentence)
    assert explained.outcome is Outcome.ASK
    assert explained.why is not None
    assert (explained.why.kind, explained.why.what) == (WhyKind.MISSING, what)
    assert explained.not_understood == ()


@pytest.mark.parametrize(
    ("sentence", "kind", "what"),
    [
        ("usage for Adatum by moonlight", WhyKind.NOT_UNDERSTOOD, "moonlight"),
        ("usage for Adatum as of 2027-02-30", WhyKind.IMPOSSIBLE, "2027-02-30"),
        ("usage for Adatum as of 2027-06-01", WhyKind.IMPOSSIBLE, "2027-06-01"),
        ("usage for Adatum below 20% below 30%", WhyKind.CONFLICT, "below 30%"),
    ],
)
def test_the_rest_is_kept_when_some_words_are_refused(
    explain: Explain, sentence: str, kind: WhyKind, what: str
) -> None:
    explained = explain(sentence)
    assert explained.outcome is Outcome.REFUSE
    assert explained.why is not None
    assert (explained.why.kind, explained.why.what) == (kind, what)
    assert what in explained.why.text or kind is WhyKind.IMPOSSIBLE
    assert explained.meaning is not None
    assert explained.meaning["filter"] == "customerTenantId eq '1A000000-0D54-4A4C-9A3E-3B1F1D5A0001'"
    assert [span.text for span in explained.not_understood] == [what]
    assert ("for Adatum", "customer") in [(span.text, span.taken_for) for span in explained.understood]
    assert explained.choices[0].text.startswith("usage for Adatum")


def test_words_in_the_middle_are_in_no_span_that_was_understood(explain: Explain) -> None:
    explained = explain("usage on Exchange by moonlight below 40%")
    assert [span.text for span in explained.not_understood] == ["moonlight"]
    assert "moonlight" not in " ".join(span.text for span in explained.understood)


def test_nothing_is_kept_when_the_whole_sentence_is_unknown(explain: Explain) -> None:
    explained = explain("tell me a joke about sysadmins")
    assert (explained.outcome, explained.meaning, explained.understood) == (Outcome.REFUSE, None, ())
    assert explained.not_understood


def test_suggestions_that_would_be_asked_back_are_not_offered(explain: Explain) -> None:
    # No customer of this directory has the name in the catalog's examples.
    assert [choice.text for choice in explain("qwertz").choices if "TEST COMPANY" in choice.text] == []


def test_long_text_is_refused_without_a_span_of_all_of_it(explain: Explain) -> None:
    explained = explain("usage for " + "x" * 5_000)
    assert explained.outcome is Outcome.REFUSE
    assert sum(len(span.text) for span in explained.not_understood) == 60
