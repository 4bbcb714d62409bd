"""The language in the tag of a locale. Pure.

Whatever else is known of a locale is in `locale_words`, which loads Babel; this does not.
https://www.rfc-editor.org/rfc/rfc5646
"""


def language_of(locale: str) -> str:
    """Return the language of a BCP 47 tag, in lower case."""
    return locale.strip().replace("_", "-").partition("-")[0].casefold()
