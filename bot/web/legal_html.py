"""Render a legal document as HTML that loads and runs nothing. Pure.

A page holds headings, paragraphs and links to the other pages.
"""

from html import escape

from bot.identity.sign_in.sign_in_html import STYLE, SignInPage, policy
from bot.web.legal_documents import DOCUMENTS, Document, Section
from cards.wording.locale_words import LocaleWords

CURRENT = ' aria-current="page"'


def render(document: Document, words: LocaleWords) -> str:
    """Return the page in the reader's language."""
    title = _said(words, document.title)
    sections = "".join(_section(section, words) for section in document.sections)
    return (
        f'<!doctype html><html lang="{escape(words.language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><main><h1>{title}</h1>"
        f"<p>{_said(words, document.opening)}</p>{sections}</main>{_links(document, words)}</body></html>"
    )


def content_policy(document: Document, words: LocaleWords) -> str:
    """Return its Content-Security-Policy: that of a sign-in page without scripts."""
    return policy(SignInPage(words.language, words.say(document.title), words.say(document.opening)))


def _section(section: Section, words: LocaleWords) -> str:
    texts = "".join(f"<p>{_said(words, text)}</p>" for text in section.texts)
    return f"<h2>{_said(words, section.heading)}</h2>{texts}"


def _links(document: Document, words: LocaleWords) -> str:
    """Return the links to all pages; the open page is marked as the current one."""
    links = "".join(
        f'<li><a href="{each.path}"{CURRENT if each is document else ""}>{_said(words, each.title)}</a></li>'
        for each in DOCUMENTS
    )
    return f'<nav aria-label="{_said(words, "about.ways")}"><ul>{links}</ul></nav>'


def _said(words: LocaleWords, key: str) -> str:
    return escape(words.say(key), quote=True)
