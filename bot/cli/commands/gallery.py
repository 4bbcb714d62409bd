"""Write one page with every card, in every language, width and theme.

The data are made up. The page needs no network.
"""

import argparse
from pathlib import Path

from bot.cli.locale_argument import known_locale
from bot.cli.output.exit_codes import ANSWERED

WIDTHS, THEMES = (320, 800), ("light", "dark", "contrast")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `usagebot gallery`."""
    parser.add_argument("--out", type=Path, default=Path("gallery.html"), help="where to write the page (gallery.html)")
    parser.add_argument("--png", type=Path, metavar="FOLDER", help="also write a picture of each card there")
    parser.add_argument("--pseudo", action="store_true", help="also in the pseudo-locale, whose texts are 40 %% longer")
    parser.add_argument("--card", action="append", metavar="NAME", help="only this card; may be repeated")
    parser.add_argument("--locale", action="append", type=known_locale, metavar="TAG", help="only this one")
    parser.add_argument("--width", action="append", type=int, choices=WIDTHS, help="pictures of this width only")
    parser.add_argument("--theme", action="append", choices=THEMES, help="pictures of this theme only")
    parser.epilog = "Pictures need the extra `gallery` (Playwright) and Chromium. Exit codes: 0 written, 1 failed."


def run(options: argparse.Namespace) -> int:
    """Write the page and the pictures. Raises GalleryError."""
    from bot.gallery.card_pictures import Shapes, save_pictures
    from bot.gallery.gallery_page import gallery_page
    from bot.gallery.shown_samples import chosen_locales, chosen_samples

    names = chosen_samples(options.card or ())
    locales = chosen_locales(options.locale or (), pseudo=options.pseudo)
    page = gallery_page(locales, names)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(page, encoding="utf-8")
    print(f"{options.out}: {len(names)} cards in {len(locales)} languages. Open it in a browser; it needs no network.")
    if options.png is not None:
        shapes = Shapes(names, locales, tuple(options.width or WIDTHS), tuple(options.theme or THEMES))
        print(f"{options.png}: {save_pictures(page, options.png, shapes)} pictures.")
    return ANSWERED
