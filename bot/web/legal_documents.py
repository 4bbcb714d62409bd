"""The contents of the three public pages, as keys of cards/locales in order. Pure.

The app's manifest links to these pages, and Teams shows the links to everyone who looks at the app:
https://learn.microsoft.com/en-us/microsoft-365/extensibility/schema/root-developer
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the paragraphs below it."""

    heading: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A page at `path`; `opening` is the text before the first section."""

    path: str
    title: str
    opening: str
    sections: tuple[Section, ...] = ()


HOME = Document(
    "/",
    "about.home.title",
    "about.home.text",
    (Section("about.home.how.title", ("about.home.how.text", "about.home.help.text")),),
)
PRIVACY = Document(
    "/privacy",
    "about.privacy.title",
    "about.privacy.text",
    (
        Section("about.sign_in.title", ("about.sign_in.text", "about.sign_in.until")),
        Section("about.question.title", ("about.question.text", "about.question.until")),
        Section("about.language.title", ("about.language.text",)),
        Section("about.own.title", ("about.own.text",)),
        Section("about.ignored.title", ("about.ignored.text",)),
        Section("about.missed.title", ("about.missed.text", "about.missed.until")),
        Section("about.digest.title", ("about.digest.text", "about.digest.until")),
        Section("about.seen.title", ("about.seen.text", "about.seen.until")),
        Section("about.figures.title", ("about.figures.text",)),
        Section("about.log.title", ("about.log.text",)),
        Section("about.erase.title", ("about.erase.sign_out", "about.erase.forget_me", "about.erase.posted")),
        Section("about.who.title", ("about.who.text",)),
    ),
)
TERMS = Document(
    "/terms",
    "about.terms.title",
    "about.terms.text",
    (
        Section("about.figures_terms.title", ("about.figures_terms.text",)),
        Section("about.rights.title", ("about.rights.text",)),
        Section("about.license.title", ("about.license.text", "about.license.warranty")),
    ),
)
DOCUMENTS = (HOME, PRIVACY, TERMS)
