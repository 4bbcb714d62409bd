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
        ("Litware (4D00…)", 'usage for "Litware (4D00…)" on Exchange'),
        ("Litware (5E00…)", 'usage for "Litware (5E00…)" on Exchange'),
    ]
    assert explained.meaning == {"act": "usage", "filter": "workloadCode eq 'EXO'", "by": ["workload", "product"]}


def test_unknown_name_is_asked_back_with_the_nearest(explain: Explain) -> None:
    explained = explain("usage for Tailspinning Toys on SharePoint")
    assert explained.outcome is Outcome.ASK
    assert explained.why is not None
    assert (explained.why.kind, explained.why.what) == (WhyKind.NO_SUCH_NAME, "Tailspinning")
    assert explained.choices[0].label == "Tailspin Toys"
    assert ("Tailspinning", 10) in [(span.text, span.at) for span in explained.not_understood]


def test_unknown_name_is_refused_when_nothing_is_near(explain: Explain) -> None:
    explained = explain("usage for Zzyzx on SharePoint")
    assert explained.outcome is Outcome.REFUSE
    assert explained.why is not None
    assert (explained.why.kind, explained.why.what) == (WhyKind.NO_SUCH_NAME, "Zzyzx")


def test_unknown_name_offers_nothing_when_nothing_else_was_said(explain: Explain) -> None:
    explained = explain("usage for Zzyzx")
    assert (explained.outcome, explained.choices) == (Outcome.REFUSE, ())


@pytest.mark.parametrize("sentence", ["digest usage for Adatum"])
def test_missing_time_is_asked_for_with_schedules(explain: Explain, sentence: str) -> None:
    explained = explain(sentence)
    assert explained.outcome is Outcome.ASK
    assert explained.why is not None
    assert (explained.why.kind, explained.why.what) == (WhyKind.MISSING, "time")
    assert [explain(choice.text).outcome for choice in explained.choices] == [Outcome.ANSWER] * 5
    assert explained.choices[0].label == "Every Monday at 9:00\u202fAM"


@pytest.mark.parametrize(
    ("sentence", "what"), [("digest", "question"), ("compare usage for Adatum", "day"), ("stop digest", "digest")]
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
        ("usage for Adatum by moonlight", WhyKind.NOT_UNDERSTOOD, "moonlight, by"),
        ("usage for Adatum as of 2027-02-30", WhyKind.IMPOSSIBLE, "as of 2027-02-30"),
        ("usage for Adatum as of 2027-06-01", WhyKind.IMPOSSIBLE, "2027-06-01"),
        ("usage for Adatum below 20% above 30%", WhyKind.CONFLICT, "< 20, > 30"),
    ],
)
def test_the_rest_is_kept_when_some_words_are_refused(
    explain: Explain, sentence: str, kind: WhyKind, what: str
) -> None:
    explained = explain(sentence)
    assert explained.outcome is not Outcome.ANSWER
    assert explained.why is not None
    assert (explained.why.kind, explained.why.what) == (kind, what)
    assert explained.meaning is not None
    assert explained.meaning["filter"] == "customerTenantId eq '1A000000-0D54-4A4C-9A3E-3B1F1D5A0001'"
    assert ("Adatum", "customer") in [(span.text, span.taken_for) for span in explained.understood]
    assert all(choice.text.startswith("usage for Adatum") for choice in explained.choices)


def test_words_in_the_middle_are_in_no_span_that_was_understood(explain: Explain) -> None:
    explained = explain("usage on Exchange by moonlight below 40%")
    assert [span.text for span in explained.not_understood] == ["by", "moonlight"]
    assert "moonlight" not in " ".join(span.text for span in explained.understood)


def test_nothing_is_kept_when_the_whole_sentence_is_unknown(explain: Explain) -> None:
    explained = explain("tell me a joke about sysadmins")
    assert (explained.outcome, explained.choices) == (Outcome.REFUSE, ())
    assert explained.not_understood


def test_long_text_is_refused_without_a_span_of_all_of_it(explain: Explain) -> None:
    explained = explain("usage for " + "x" * 5_000)
    assert explained.outcome is Outcome.REFUSE
    assert explained.not_understood == ()
