"""`/export/file`: the download of a file, once, by the browser of one person.

The file is made when it is asked for, with the person's own token. No figure and no secret is in the address.
"""

from collections.abc import Callable
from typing import Protocol

import structlog
from aiohttp import web

from bot.commands.command import Export
from bot.commands.command_document import read
from bot.domain.conversation import Caller
from bot.errors import StoreError
from bot.export.export_file import ExportFile
from bot.identity.sign_in.downloads import Download
from bot.identity.sign_in.sign_in_html import SignInPage, policy, render
from bot.identity.sign_in.sign_in_pages import DOWNLOAD_COOKIE, DOWNLOAD_PATH
from bot.usage.error_view import error_view
from cards.draw import summary
from cards.views.answer_views import View
from cards.wording.accepted_language import accepted_locale
from cards.wording.locale_words import LocaleWords

log = structlog.get_logger(__name__)


class FileMaker(Protocol):
    """Makes the file that a person takes."""

    async def file(self, command: Export, caller: Caller) -> ExportFile | View:
        """Return the file, or the view that says why there is none."""
        ...


class DownloadRecords(Protocol):
    """What may be downloaded. Both methods raise StoreError."""

    async def look(self, secret: str) -> Download | None:
        """Return what may be downloaded with the secret."""
        ...

    async def take(self, secret: str) -> bool:
        """Use the secret up. Return True for one caller only."""
        ...


async def download(request: web.Request, records: DownloadRecords, files: FileMaker) -> web.Response:
    """Return the file, or a page that says why there is none.

    A file that could not be made leaves the link as it is; of several requests at once, one gets the file.
    """
    secret = request.cookies.get(DOWNLOAD_COOKIE, "")
    try:
        found = await records.look(secret) if secret else None
        command = None if found is None else read(found.document)
        if found is None or not isinstance(command, Export):
            return _gone(accepted_locale(request.headers.get("Accept-Language", "")))
        made = await files.file(command, found.caller)
        if not isinstance(made, ExportFile):
            log.warning("export_not_made", view=type(made).__name__)
            return _failed(made, found.caller.locale)
        if not await records.take(secret):
            return _gone(found.caller.locale)
    except StoreError as error:
        log.warning("export_not_downloaded", problem=str(error))
        return _failed(error_view(error), accepted_locale(request.headers.get("Accept-Language", "")))
    log.info("export_downloaded", form=made.form.value, rows=made.rows, bytes=len(made.content))
    response = web.Response(body=made.content, headers=_headers(made))
    response.del_cookie(DOWNLOAD_COOKIE, path=DOWNLOAD_PATH, httponly=True)
    return response


def _headers(made: ExportFile) -> dict[str, str]:
    """Return the headers of a file that a browser saves and never shows. Its name has nothing to be quoted."""
    return {
        "Content-Type": made.content_type,
        "Content-Disposition": f'attachment; filename="{made.name}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }


def _gone(locale: str) -> web.Response:
    log.warning("export_refused", reason="the link is unknown, used or too old")
    return _page(locale, lambda words: (words.say("page.file_gone.title"), words.say("page.file_gone.text")), 410)


def _failed(view: View, locale: str) -> web.Response:
    return _page(locale, lambda words: (words.say("page.file_failed.title"), summary(view, words)), 503)


def _page(locale: str, said: Callable[[LocaleWords], tuple[str, str]], status: int) -> web.Response:
    words = LocaleWords.load(locale)
    title, text = said(words)
    page = SignInPage(words.language, title, text, app=words.say("page.app"))
    headers = {"Content-Security-Policy": policy(page), "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    return web.Response(text=render(page), content_type="text/html", status=status, headers=headers)
