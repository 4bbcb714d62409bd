"""For any view, the card is valid in Teams and small enough, and its buttons work."""

from datetime import UTC, timedelta, timezone
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cards.answers.account_card import STATES
from cards.digests.digest_list_card import ACTS, LAST, PRESSES
from cards.digests.digest_notice_card import DONE, NOTICES
from cards.digests.schedule_inputs import MISTAKES
from cards.digests.several_digests_card import CHANGED, CONFIRM, UNCHANGED
from cards.draw import draw, summary
from cards.parts.schedule_text import KINDS
from cards.views.answer_views import (
    AccountView,
    Choice,
    ErrorView,
    Example,
    Figures,
    HelloView,
    HelpView,
    ListView,
    NoMatchView,
    NotUnderstoodView,
    PickerView,
    ProgressView,
    ShapeView,
    SignInView,
    Suggestion,
    UsageItem,
    UsageView,
    View,
)
from cards.views.button_payload import AskButton, FillButton, MoreButton, RowButton, ShapeButton
from cards.views.digest_form_views import DigestFormView, DigestSettingsView, FormChoices
from cards.views.digest_views import (
    ChangeView,
    ConfirmDigestsView,
    DigestLine,
    DigestNoticeView,
    DigestSetView,
    DigestsSetView,
    DigestsView,
    DigestView,
    ScheduleView,
    UnchangedDigest,
)
from cards.views.form_payload import DigestInputs, FormButton
from cards.views.kinds.alert_views import AlertItem, AlertView
from cards.views.payload_values import COMMAND_LIMIT
from cards.views.usage_views import AgeView, Narrowing, ServiceDateView
from cards.wording.locale_words import LocaleWords

# Including unpaired surrogates: JSON can carry them into a name.
CHARACTERS = st.text(st.characters(), max_size=60)
LONG = st.builds(lambda text, times: text * times, st.text(st.characters(), min_size=1, max_size=5), st.just(600))
MARKUP = (
    "*b*",
    "[x](http://evil.example)",
    "{{DATE(2018-10-14T00:00:00Z)}}",
    "<at>x</at>",
    "# x",
    "- x",
    "${a}",
    "{scope}",
)
NASTY = st.sampled_from(["", " ", "\n", "\u202eevil", "שלום", "\u200b", "a\ud800b", *MARKUP])
TEXT = st.one_of(CHARACTERS, LONG, NASTY)
NUMBER = st.one_of(st.integers(0, 5_000), st.integers(), st.just(10**40))
FIGURES = st.builds(Figures, st.none() | NUMBER, NUMBER, NUMBER, NUMBER, NUMBER, st.text(max_size=9), st.booleans())
# The longest command that a button may carry, too.
COMMAND = st.one_of(TEXT, st.just("x" * (COMMAND_LIMIT - 12))).map(lambda text: {"says": text})
ASK = st.builds(AskButton, COMMAND, st.booleans())
MORE = st.one_of(st.none(), st.builds(MoreButton, COMMAND, st.integers(-1, 10**6)))
SHAPE = st.sampled_from(["customer", "unused", "idle", "kept"])
ROW = st.none() | st.builds(
    RowButton, COMMAND, st.just("x1ZbCtsDEfrP") | TEXT, st.integers(-1, 99), st.integers(-1, 99)
)
DIMENSION = st.one_of(st.sampled_from(["customer", "workload", "service", "product", "channel"]), TEXT)


def several(strategy: st.SearchStrategy[Any], most: int = 8) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


NARROWING = st.builds(
    Narrowing, st.sampled_from(["without", "filter", "day"]), several(TEXT), TEXT, st.just(()), NUMBER, st.dates()
) | st.one_of(
    st.builds(Narrowing, st.sampled_from(["below", "above", "at_most", "at_least"]), shares=st.tuples(st.floats(0, 9))),
    st.builds(Narrowing, st.just("between"), shares=st.tuples(st.floats(0, 9), st.floats(0, 9))),
    st.builds(Narrowing, st.sampled_from(["top", "bottom"]), count=NUMBER),
)
ITEMS = st.one_of(
    several(
        st.builds(
            UsageItem, TEXT, st.none() | TEXT, FIGURES, several(st.dates(), 3), unknown=st.just(0) | NUMBER, open=ROW
        )
    ),
    st.builds(
        lambda item, times: (item,) * times, st.builds(UsageItem, TEXT, TEXT, FIGURES, open=ROW), st.integers(12, 90)
    ),
)
EXAMPLES = several(
    st.builds(Example, TEXT, st.one_of(TEXT, st.just("help.example.basic")), st.one_of(st.none(), ASK)), 20
)
FILL = st.none() | st.builds(FillButton, COMMAND, st.text(min_size=1, max_size=90))
CHOICES = several(st.builds(Choice, TEXT, st.one_of(st.none(), TEXT), ASK), 12)
USAGES = st.builds(
    UsageView, TEXT, several(TEXT), several(DIMENSION), ITEMS, NUMBER, FIGURES,
    several(st.builds(ServiceDateView, TEXT, st.dates()), 30), several(TEXT), MORE, st.booleans(),
    st.one_of(st.none(), ASK), several(NARROWING), st.integers(0, 99), st.integers(0, 99), st.none() | st.dates(),
    several(st.tuples(st.dates(), NUMBER), 9), st.none() | st.builds(AgeView, TEXT, NUMBER, st.booleans()),
    whole=st.none() | ASK, customers=st.none() | ASK, versus=st.none() | ASK, export=st.none() | ASK,
    again=st.none() | ASK,
)  # fmt: skip
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(0), "x" * 300), None])
MOMENTS = st.datetimes(timezones=ZONES)
WHENS = st.builds(ScheduleView, st.one_of(st.sampled_from(sorted(KINDS)), TEXT), st.one_of(st.none(), st.times()), TEXT,
                  several(st.integers(-9, 99)), st.integers(), st.integers(), st.integers(-9, 9),
                  st.none() | st.dates(), st.none() | st.dates())  # fmt: skip
DIGEST = st.integers(-(2**63), 2**63)  # the digest's number, from a column of the database
LINES = st.builds(
    DigestLine, DIGEST, TEXT, WHENS, st.one_of(st.sampled_from(sorted(ACTS)), TEXT), st.one_of(st.none(), MOMENTS),
    st.one_of(st.sampled_from(sorted(LAST)), TEXT), st.one_of(st.none(), MOMENTS), TEXT, st.booleans(), st.booleans(),
    st.one_of(st.sampled_from(["personal", "groupChat", "channel"]), TEXT),
    st.dictionaries(st.one_of(st.sampled_from(sorted(PRESSES)), TEXT), ASK, max_size=6),
    st.one_of(st.none(), st.dates()),
)  # fmt: skip
CHANGES = several(st.builds(ChangeView, TEXT, st.none() | FIGURES, st.none() | FIGURES, st.none() | ASK))
MOMENT = st.one_of(st.none(), MOMENTS)
DIGESTS = st.builds(
    DigestView, DIGEST, USAGES, WHENS, TEXT, MOMENT, st.one_of(st.none(), FIGURES), CHANGES, CHANGES, CHANGES, CHANGES,
    CHANGES, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER, st.booleans(), st.booleans(), MOMENT, st.booleans(),
    st.one_of(st.none(), ASK), st.booleans(),
)  # fmt: skip
DAY = st.none() | st.dates()
ALERT_ITEMS = st.builds(
    AlertItem,
    TEXT,
    FIGURES,
    DAY,
    st.none() | FIGURES,
    DAY,
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.none() | ASK,
)
ALERTS = st.builds(
    AlertView, DIGEST, several(TEXT), several(NARROWING, 2), WHENS, TEXT, st.booleans(), several(ALERT_ITEMS), NUMBER,
    st.booleans(), st.none() | NARROWING, several(TEXT), NUMBER, several(TEXT), NUMBER,
    st.sampled_from(["", "incomplete", "nothing", "ended"]) | TEXT, NUMBER, st.booleans(), MOMENT, st.none() | ASK,
    st.none() | ASK,
)  # fmt: skip
FORM = st.builds(FormButton, COMMAND)
CHOICE = st.one_of(st.sampled_from(["kept", "weekdays", "day0", "day9", "last", "below", "always"]), TEXT)
FORMS = st.builds(FormChoices, several(CHOICE, 12), several(CHOICE, 12), st.builds(DigestInputs, *[TEXT] * 8),
                  several(st.one_of(st.sampled_from(sorted(MISTAKES)), TEXT), 4), several(CHOICE, 12))  # fmt: skip
DIGEST_VIEWS: st.SearchStrategy[View] = st.one_of(
    DIGESTS,
    ALERTS,
    st.builds(DigestsView, st.one_of(several(LINES), st.builds(lambda line, times: (line,) * times, LINES,
                                                               st.integers(6, 120))), NUMBER, MORE, st.integers(0, 99),
              st.integers(0, 99), st.booleans()),
    st.builds(DigestSetView, st.one_of(st.sampled_from(sorted(DONE)), TEXT), LINES, several(MOMENTS),
              st.one_of(st.none(), ASK), zone_form=st.none() | FORM),
    st.builds(DigestsSetView, st.one_of(st.sampled_from(sorted(CHANGED)), TEXT),
              several(st.builds(DigestSetView, st.one_of(st.sampled_from(sorted(DONE)), TEXT), LINES, st.just(()),
                                st.one_of(st.none(), ASK)), 60),
              several(st.builds(UnchangedDigest, DIGEST, st.one_of(st.sampled_from(sorted(UNCHANGED)), TEXT),
                                st.dictionaries(st.sampled_from(["owner", "zone"]), TEXT)), 60)),
    st.builds(ConfirmDigestsView, st.one_of(st.sampled_from(sorted(CONFIRM)), TEXT), several(LINES, 60), ASK,
              st.one_of(st.none(), st.dates())),
    st.builds(DigestFormView, TEXT, FORMS, FORM, st.booleans()),
    st.builds(DigestSettingsView, LINES, st.one_of(st.none(), FORMS), st.one_of(st.none(), FORM),
              st.one_of(st.none(), FORM), st.one_of(st.none(), ASK)),
    st.builds(DigestNoticeView, st.one_of(st.sampled_from(sorted(NOTICES)), TEXT), LINES, TEXT,
              st.one_of(st.none(), ASK)),
)  # fmt: skip
VIEWS: st.SearchStrategy[View] = st.one_of(
    USAGES,
    st.builds(ShapeView, several(TEXT), several(NARROWING), several(SHAPE), SHAPE, several(SHAPE), SHAPE,
              several(SHAPE), SHAPE, st.builds(ShapeButton, COMMAND),
              st.builds(MoreButton, COMMAND, st.integers(-1, 99))),
    st.builds(HelpView, st.one_of(st.none(), TEXT), EXAMPLES),
    st.builds(HelloView, TEXT, EXAMPLES, MORE),
    st.builds(PickerView, TEXT, DIMENSION, CHOICES, NUMBER, FILL),
    st.builds(NoMatchView, TEXT, DIMENSION, CHOICES, FILL),
    st.builds(NotUnderstoodView, TEXT, TEXT, st.integers(-5, 99), TEXT,
              several(st.builds(Suggestion, TEXT, ASK), 12)),
    st.builds(ListView, DIMENSION, st.one_of(st.none(), TEXT), several(st.tuples(TEXT, TEXT), 90), NUMBER, MORE),
    st.builds(ErrorView, TEXT, st.dictionaries(TEXT, TEXT, max_size=3), st.one_of(st.none(), TEXT),
              st.one_of(st.none(), ASK)),
    st.builds(SignInView, TEXT, st.just({}), st.one_of(st.none(), TEXT), question=TEXT,
              link=st.one_of(st.none(), TEXT, TEXT.map("https://teams.microsoft.com/l/chat/".__add__))),
    st.builds(AccountView, st.one_of(TEXT, st.sampled_from(sorted(STATES))), TEXT, TEXT,
              st.one_of(st.none(), st.dates())),
    st.builds(ProgressView, TEXT, NUMBER, st.one_of(st.none(), NUMBER)),
)  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(view=st.one_of(VIEWS, DIGEST_VIEWS), locale=st.sampled_from(["en-US", "qps-ploc"]))
def test_any_view_becomes_a_valid_card_with_one_plain_sentence(view: View, locale: str, valid_card: Any) -> None:
    words = LocaleWords.load(locale)
    valid_card(draw(view, words))
    told = summary(view, words)
    assert told
    assert "\n" not in told
    assert len(told.encode()) < 10_000
