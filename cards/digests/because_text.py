"""Why a digest with a condition was posted. Pure."""

from cards.views.digest_views import BecauseView
from cards.wording.locale_words import LocaleWords


def because_in_words(because: BecauseView | None, words: LocaleWords) -> str:
    """Return "Posted because 3 customers are below 50%".

    "" for a digest that is always posted.
    """
    if because is None:
        return ""
    if because.why:
        told = "digest.because.first" if because.why == "first" else "digest.because.unknown"
        return words.say(told)
    only, lines = because.only, "customers" if because.of_customers else "lines"
    if only.unused_above is not None:
        # A number of each: the plural is that of the lines.
        return words.say(
            f"digest.because.unused.{lines}", count=because.lines, licenses=words.number(only.unused_above)
        )
    for kind, percent in (("below", only.below), ("dropped", only.drops_below)):
        if percent is not None:
            share = words.exact_percent(percent / 100)
            return words.say(f"digest.because.{kind}.{lines}", count=because.lines, share=share)
    return words.say("digest.because.changed")
