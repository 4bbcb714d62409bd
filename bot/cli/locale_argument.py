"""The option `--locale`, of every command that answers in words."""

import argparse

EXAMPLES = "language and number format, like en-GB"


def add_locale(parser: argparse.ArgumentParser, default: str | None = "en-US", help_text: str = EXAMPLES) -> None:
    """Add `--locale`."""
    parser.add_argument("--locale", type=known_locale, default=default, metavar="TAG", help=help_text)


def known_locale(tag: str) -> str:
    """Return `tag`.

    Raises ArgumentTypeError if there are no texts for it: the command ends with 2.
    """
    from cards.wording.locale_words import available, is_locale  # Babel loads slowly

    if is_locale(tag):
        return tag
    there_are = ", ".join(available())
    raise argparse.ArgumentTypeError(
        f"there is no {tag!r}. The languages are {there_are}, also with a region, as in en-GB."
    )
