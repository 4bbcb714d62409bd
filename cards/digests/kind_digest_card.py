"""The card of a digest whose question is of another kind than figures. Pure.

The card of the answer, with the digest's own head and foot.
"""

from collections.abc import Iterator

from cards.digests.digest_card import asker, title
from cards.elements import Element
from cards.parts.card_frame import Rendered, buttons, note, press
from cards.parts.card_size import within
from cards.parts.literal_text import with_breaks
from cards.parts.schedule_text import in_words, moment
from cards.views.kinds.kind_digest_view import KindDigestView
from cards.wording.locale_words import LocaleWords

_BUTTONS = "ActionSet"


def kind_digest(view: KindDigestView, words: LocaleWords, content: Rendered) -> Rendered:
    """Draw the digest around the card of its `content`.

    It is a record, and stays: what leads on from it is behind its own buttons.
    """
    inner = [each for each in content["body"] if each["type"] != _BUTTONS]
    kept = {name: value for name, value in content.items() if name != "refresh"}
    body = [*_drawn(_head(view, words)), *inner, *_drawn(_foot(view, words))]
    return within(kept | {"body": body, "speak": f"{title(view.number, words)}. {content['speak']}"}, words)


def summary(view: KindDigestView, words: LocaleWords, content: str) -> str:
    """Return "Digest 3.", and the sentence of its content."""
    return f"{title(view.number, words)}. {content}"


def _drawn(elements: Iterator[Element]) -> list[Rendered]:
    drawn: list[Rendered] = with_breaks([each.render() for each in elements])
    return drawn


def _head(view: KindDigestView, words: LocaleWords) -> Iterator[Element]:
    yield note(words.say("digest.heading", title=title(view.number, words), schedule=in_words(view.when, words)))
    if view.late_for is not None:
        yield note(words.say("digest.late", moment=moment(view.late_for, words, view.when)), spacing="small")
    if view.skipped:
        yield note(words.say("digest.skipped"), spacing="small")


def _foot(view: KindDigestView, words: LocaleWords) -> Iterator[Element]:
    yield note(words.say("digest.rights", owner=asker(view.owner, words)), spacing="medium", separator=True)
    left_out = getattr(view.content, "ignored", None)
    offered = (("digest.open", view.open), ("ignored.again", left_out), ("digest.settings", view.settings))
    if row := buttons(*(press(words.say(told), action) for told, action in offered if action is not None)):
        yield row
