"""Read what asks for a list: `customers`, `find customer wells`, `my digests`.

Pure.
"""

from bot.commands.meaning import Act, Meaning
from bot.language.marking.mark_stream import MINE, MarkStream
from bot.language.marking.marks import MarkKind
from bot.language.reading.coverage import Coverage

_OF, _SEARCH = "of", "search"
_ASKING = frozenset({"seelist", "which"})
_LISTS = ("customers", "workloads", "products", "services")
FOLLOW_ALL = "follow_all"  # only customers that are named are followed
_REMOVES = frozenset({("do", "stop"), ("do", "remove"), ("except", "remove")})
_ADDS = frozenset({("act", "digest"), ("do", "change"), ("do", "resume")})
_PARTS = 3  # an order, a name and the list
_MOST = 2  # words of a text to look for
_FIND = "find"  # "find customer wells" looks for a text, "which customer" does not
# Letters with which a plural ends in one of the languages.
_PLURAL = ("s", "k", "n", "e", "x", "m")


def listed(stream: MarkStream, coverage: Coverage, *, follows: bool) -> Meaning | None:
    """Take a sentence that asks for a list; None if it asks for something else.

    `follows`: something was asked before, which `all customers` changes.
    """
    kinds = {mark.kind for mark in stream.marks}
    if stream.has("digests") and kinds <= _ASKING | {"digests", "all", "have"}:
        return _whole(stream, "digests")
    every = next((value for at in stream.all_of("everyone") if (value := stream.value(at)) in _LISTS), "")
    if every and kinds <= _ASKING | {"everyone"} and not (follows and kinds == {"everyone"}):
        return _whole(stream, every)
    at = stream.first("dim")
    own = stream.mine and kinds <= _ASKING | {"dim", "have"}
    if at is None or (stream.mine and not own):
        return None
    of = "mine" if own else f"{stream.value(at)}s"
    plural = coverage.said(stream.marks[at]).casefold().endswith(_PLURAL)
    if search := _search(stream, coverage, at, plural=plural):
        stream.take(_OF, *range(at + 1))
        stream.take(_SEARCH, *range(at + 1, len(stream)))
        return Meaning(act=Act.LIST, of=of, search=search)
    if follows and stream.has("everyone"):  # "for all customers", after a question
        return None
    alone = kinds <= _ASKING | {"dim", "all", "everyone", "have"} and len(list(stream.all_of("dim"))) == 1
    return _whole(stream, of) if alone and (plural or own or stream.has("seelist")) else None


def own_list_change(stream: MarkStream) -> str:
    """Take `add Fabrikam to my customers`, and return `follow` or `unfollow`.

    "" for anything else. An order begins it, and names and the list are all that follows.
    """
    if not stream.mine:
        return ""
    lines = {"dim": MINE}  # `my customers` are lines, too
    kinds = [lines.get(mark.kind, mark.kind) for mark in stream.marks]
    if len(kinds) < _PARTS or MINE not in kinds[2:] or MarkKind.NAME not in kinds:
        return ""
    own, last = kinds.index(MINE), len(kinds) - 1
    beside = {*kinds[1:own], *kinds[own + 1 : last + 1]} - {"small", "closing", "also"}
    order, said = kinds[0], stream.value(0)
    if not beside <= {MarkKind.NAME, "and", "prep", "to"} or kinds[own - 1] not in (
        "prep",
        "to",
        "also",
        MarkKind.NAME,
    ):
        return ""
    removes = (order, said) in _REMOVES
    if not removes and order != "also" and (order, said) not in _ADDS:
        return ""
    stream.take("act", 0, own, *stream.all_of("to", "also", "prep"))
    return "unfollow" if removes else "follow"


def _whole(stream: MarkStream, of: str) -> Meaning:
    stream.take(_OF, *range(len(stream)))
    return Meaning(act=Act.LIST, of=of)


def _search(stream: MarkStream, coverage: Coverage, at: int, *, plural: bool) -> str:
    """Return the text of `customers fabr` and `find customer wells`; "" if there is none.

    `at`: where `customers` is.
    """
    finds = at == 1 and stream.is_(0, "which") and stream.value(0) == _FIND
    begins = at + 1 + stream.is_(at + 1, "search")
    surely = finds or begins > at + 1
    if begins < len(stream) and not at and (quoted := coverage.quoted(stream.marks[begins].start)):
        return quoted
    said = {mark.kind for mark in stream.marks[begins:]}
    texts = {MarkKind.UNKNOWN, MarkKind.NAME} if surely else {MarkKind.UNKNOWN}
    if (at and not finds) or not said or not said <= texts or len(stream) - begins > _MOST or not (surely or plural):
        return ""
    return coverage.text(stream.marks[begins].start, stream.marks[-1].end)
