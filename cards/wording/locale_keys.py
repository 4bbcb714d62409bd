"""Which text of the locale says a thing, and which one when the locale does not know the thing. Pure."""

from cards.wording.locale_words import LocaleWords


def key(room: str, name: str, otherwise: str, words: LocaleWords) -> str:
    """`room.name` where there is such a text, else `room.otherwise`; a name may come with its room before it."""
    wanted = f"{room}.{name.removeprefix(room + '.')}"
    return wanted if words.has(wanted) else f"{room}.{otherwise}"


def dimension(name: str, words: LocaleWords) -> str:
    """What a customer, a workload … is called."""
    return words.say(key("dimension", name, "any", words))


def remark(name: str, words: LocaleWords) -> str:
    """What a reader must know about the figures."""
    return words.say(key("remark", name, "other", words))
