"""Choose the text of the locale for a name, with a default for unknown names.

Pure.
"""

from cards.wording.locale_words import LocaleWords


def key(room: str, name: str, otherwise: str, words: LocaleWords) -> str:
    """Return `room.name` if there is such a text, else `room.otherwise`.

    `name` may begin with `room.` already.
    """
    wanted = f"{room}.{name.removeprefix(room + '.')}"
    return wanted if words.has(wanted) else f"{room}.{otherwise}"


def dimension(name: str, words: LocaleWords) -> str:
    """Return the word for a dimension: a customer, a workload …"""
    return words.say(key("dimension", name, "any", words))


def remark(name: str, words: LocaleWords) -> str:
    """Return the text of a remark about the figures."""
    return words.say(key("remark", name, "other", words))


def counted_remark(name: str, count: int, words: LocaleWords) -> str:
    """Return the text of a remark with a number of rows."""
    return words.say(key("remark", name, "other", words), count=count)
