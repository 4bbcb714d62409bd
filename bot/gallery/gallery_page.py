"""The page with every card: one HTML file that needs no network.

The scripts of the renderer are copies of the npm packages that the tests lock; a test compares them.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from importlib import resources
from string import Template

from babel import Locale

from bot.gallery.samples.samples import SAMPLES
from bot.gallery.samples.translated_sample import translated
from cards.draw import draw
from cards.wording import pseudo_locale
from cards.wording.locale_words import LocaleWords

WIDTHS = (320, 800)
THEMES = ("light", "dark", "contrast")
SCRIPTS = {
    "adaptivecards": "adaptivecards.min.js",
    "markdown": "markdown-it.min.js",
    "drawing": "drawing.js",
    "gallery": "gallery.js",
}
# Nothing is fetched, from no host. The renderer sets styles on elements, which the policy counts as inline.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src {scripts}; base-uri 'none'; form-action 'none'"


def gallery_page(locales: Sequence[str], names: Sequence[str] = tuple(SAMPLES)) -> str:
    """Return the page with the samples `names` in the languages `locales`, which have locale files."""
    scripts = {name: page_file(file) for name, file in SCRIPTS.items()}
    data = {
        "names": list(names),
        "themes": json.loads(page_file("themes.json")),
        "locales": [_locale(code, names) for code in locales],
    }
    return Template(page_file("gallery.html")).substitute(
        policy=POLICY.format(scripts=" ".join(map(_hash, scripts.values()))),
        style=page_file("gallery.css"),
        # A text of a card cannot end the element that the data are in.
        data=json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
        **scripts,
    )


def page_file(name: str) -> str:
    """Return the text of a file of the page."""
    return (resources.files("bot.gallery") / "page" / name).read_text(encoding="utf-8")


def _locale(code: str, names: Sequence[str]) -> dict[str, object]:
    words = LocaleWords.load(code)
    name = "Pseudo" if code == pseudo_locale.LOCALE else Locale.parse(code, sep="-").get_display_name("en")
    lang = "en" if code == pseudo_locale.LOCALE else code
    cards = {each: draw(translated(SAMPLES[each], words.language), words) for each in names}
    return {"code": code, "name": name, "lang": lang, "cards": cards}


def _hash(script: str) -> str:
    """Return the hash that permits one script: https://www.w3.org/TR/CSP3/#grammardef-hash-source."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
