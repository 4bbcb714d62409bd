"""Remove the bot's own name from the ends of a message. Pure.

The name carries no meaning there: `@Contoso Helper usage for Fabrikam`, `usage for Fabrikam, Contoso Helper`. But a
customer may have the same name, and the bot may be called by words that it understands ("License usage"), so without
an @ or a comma the words around the name decide.
"""

import re
from collections.abc import Iterator

from bot.language.text.tokenizer import comparable
from bot.language.vocabulary.vocabulary import LEAF, Trie, Vocabulary

_SET_OFF = ",:;–—-"
_ENGLISH = "en"
# What may follow the name of a customer that begins a question.
_BEHIND_NAMES = frozenset({"prep", "inof", "per", "and", "not", "except", "only", "use", "have", "cmp", "follow", "to"})


def without_bot_name(text: str, name: str) -> str:
    """Return `text` without `name` at its start and end, and without blanks around it."""
    text, name = text.strip(), " ".join(name.split())
    if not name:
        return text
    spelled = r"\s+".join(map(re.escape, name.split(" ")))
    first = re.match(rf"(?i)(@?){spelled}(?!\w)([\s{_SET_OFF}]*)", text)
    if first and _addresses(first[1], first[2], text[first.end() :]):
        text = text[first.end() :]
    last = re.search(rf"(?i)([\s{_SET_OFF}]*)(?<!\w)(@?){spelled}[\s.!?]*$", text)
    if last and _is_added(last[1], last[2], text[: last.start()], name):
        text = text[: last.start()]
    return text.strip()


def _addresses(sign: str, gap: str, rest: str) -> bool:
    """Return True if the name at the start calls the bot.

    Without a sign, the rest must begin with a verb: `Contoso on Exchange` may be about a customer.
    """
    if sign or _is_set_off(gap):
        return True
    words = rest.split(None, 1)
    kinds = set(_kinds(_words().get(comparable(words[0]), {}))) if words else set()
    return bool(kinds) and _BEHIND_NAMES.isdisjoint(kinds)


def _is_added(gap: str, sign: str, before: str, name: str) -> bool:
    """Return True if the name at the end is no part of the question.

    Without a sign, it is added only if it has several words that mean nothing, and if no keyword takes it as its value.
    """
    if sign or _is_set_off(gap):
        return True
    words = before.split()
    if not words or " " not in name or any(comparable(word) in _words() for word in name.split()):
        return False
    return comparable(words[-1]) not in _words()


def _words() -> Trie:
    return Vocabulary.load(_ENGLISH).trie


def _kinds(node: Trie) -> Iterator[str]:
    """Yield what the phrases mean that begin with a word."""
    for word, below in node.items():
        if word == LEAF:
            yield from (meaning.kind for meaning in below)
        else:
            yield from _kinds(below)


def _is_set_off(gap: str) -> bool:
    return any(sign in gap for sign in _SET_OFF)
