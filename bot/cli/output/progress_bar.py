"""A progress bar on stderr for long answers, if stderr is a terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bot.partner_center.usage_client import Progress
from cards.wording.locale_words import LocaleWords


@contextmanager
def progress_bar(words: LocaleWords) -> Iterator[Progress | None]:
    """Yield the function that the client calls after each page.

    None if stderr is not a terminal.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn(words.say("terminal.fetching")), BarColumn(), MofNCompleteColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("pages", total=None, visible=False)

        def fetched(pages: int, total: int | None) -> None:
            # A single page is fetched before a bar could be read.
            bar.update(task, completed=pages, total=total, visible=total is None or total > 1)

        yield fetched
