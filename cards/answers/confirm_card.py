"""The card that asks before something is changed. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

from cards.elements import Element
from cards.parts.card_frame import Rendered, buttons, entitled, frame, heading, line, note, press
from cards.parts.literal_text import literal
from cards.views.answer_views import ConfirmView
from cards.views.keep_payload import KeepButton
from cards.wording.locale_words import LocaleWords

WHAT = 200  # characters of the sentence that is not carried out
# For each reason: the text that says why the bot asks, and the title of the button.
REASONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "other_person": ("confirm.other_person", "confirm.yes"),
        "team_owner": ("confirm.team_owner", "confirm.yes"),
        "doubt": ("confirm.doubt", "confirm.yes"),
        "forget_me": ("confirm.forget_me", "confirm.forget_me.yes"),
    }
)
PLACES: Mapping[str, str] = MappingProxyType(
    {"personal": "confirm.here.personal", "groupChat": "confirm.here.group", "channel": "confirm.here.channel"}
)


def confirm(view: ConfirmView, words: LocaleWords) -> Rendered:
    """Draw what would be done, where and as whom, and the buttons that do it or not."""
    if view.confirm is None:
        return frame([heading(words.say("confirm.kept")), note(literal(view.what, WHAT))], words, summary(view, words))
    _, yes = _reason(view)
    body: list[Element] = [heading(words.say("confirm.title")), line(_why(view, words), spacing="small")]
    body.append(entitled(view.what, _as_whom(view, words), bold=True))
    if row := buttons(press(words.say(yes), view.confirm), press(words.say("confirm.no"), KeepButton(view.what))):
        body.append(row)
    return frame(body, words, summary(view, words))


def summary(view: ConfirmView, words: LocaleWords) -> str:
    """Return the question as one sentence."""
    if view.confirm is None:
        return f"{words.say('confirm.kept')}: {literal(view.what, WHAT)}"
    return f"{words.say('confirm.title')} {_why(view, words)} {view.what} ({_as_whom(view, words)})"


def _reason(view: ConfirmView) -> tuple[str, str]:
    return REASONS.get(view.reason, REASONS["doubt"])


def _why(view: ConfirmView, words: LocaleWords) -> str:
    return words.say(_reason(view)[0], owner=view.owner or words.say("confirm.somebody"))


def _as_whom(view: ConfirmView, words: LocaleWords) -> str:
    who = words.say("confirm.as", name=view.who) if view.who else words.say("confirm.as_you")
    where = words.say(PLACES[view.where]) if view.where in PLACES else ""
    return ", ".join(filter(None, (who, where)))
