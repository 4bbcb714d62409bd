"""Read what is left out of every answer, and what is shown again.

`ignore Fabrikam in digests`, `never show trials`, `show Fabrikam again`, `what do you ignore?`. Pure.
"""

from bot.commands.meaning import Act, Meaning
from bot.domain.licensing import Dimension
from bot.language.composing.scope import scope
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import MarkKind, NameMark
from bot.language.marking.pieces import Piece

IGNORE, SHOW, LISTED = "ignore", "show_again", "ignored_list"
_TRIAL, _IGNORING, _BACK = "trial", "ignore", "back"
_DONE = frozenset({IGNORE, SHOW, LISTED})
# What such a sentence may have beside its verb and the names.
_BESIDE = frozenset({
    "and", "dim", "prep", "inof", "which", "small", "closing", "digests", "report", "heed", "except", "again", "not",
    "more",
    _TRIAL, MarkKind.NAME,
})  # fmt: skip
_SHOWING = frozenset({"which", "filler", "polite"})  # marks of "show me"


def left_out(stream: MarkStream, typed: str, pieces: tuple[Piece, ...]) -> Meaning | None:
    """Take such a sentence; None if it says anything else.

    `typed` and `pieces` are those of the sentence.
    """
    do = _done(stream)
    if do is None:
        return None
    verbs = stream.all_of("heed", "except", "again", "not", "which", "more", "prep", "inof", "dim", "and")
    stream.take("act", *list(verbs))
    trials = tuple(stream.all_of(_TRIAL))
    stream.take(_TRIAL, *trials)
    digests = tuple(stream.all_of("digests", "report")) if do == IGNORE else ()
    stream.take("of", *digests)
    names = scope(stream, typed, pieces)
    return Meaning(act=Act.IGNORE, do=do, names=names, trials=bool(trials), of="digests" if digests else "")


def _done(stream: MarkStream) -> str | None:
    """Return what is to be done, None if the sentence does not say it."""
    verb = next((stream.value(at) for at in stream.all_of("heed") if stream.value(at) in _DONE), None)
    if verb == LISTED or stream.has("heed"):
        return verb
    kinds = {mark.kind for mark in stream.marks}
    if kinds == {"except"} and stream.has("except", value=_IGNORING):  # "ignore" alone, as "follow" alone
        return LISTED
    if not kinds <= _BESIDE or not kinds & {_TRIAL, MarkKind.NAME} or not _is_of_customers(stream):
        return None
    denied = stream.has("not")
    if stream.has("except"):
        ignoring = stream.has("except", value=_IGNORING)
        return (SHOW if denied else IGNORE) if ignoring else None
    if stream.has("again", value=_BACK):
        return SHOW if not denied and _is_shown(stream) else None
    return IGNORE if denied and _TRIAL in kinds and MarkKind.NAME not in kinds else None


def _is_of_customers(stream: MarkStream) -> bool:
    """Return True if only customers are named. `ignore Teams` changes the question before."""
    names = [mark.value for mark in stream.marks if isinstance(mark.value, NameMark)]
    return all(each.dimension is Dimension.CUSTOMER for named in names for each in named.entries)


def _is_shown(stream: MarkStream) -> bool:
    """Return True for `show Fabrikam again`; `once more Fabrikam` repeats a question."""
    first = next((mark for mark in stream.given if mark.kind != "article"), None)
    if first is None:
        return False
    together = first.kind == "again" and first.end - first.start > 1  # `mutasd újra`
    return first.kind in _SHOWING or together
