"""A progress bar on stderr for long answers, if stderr is a terminal.

It is gone when the answer is there, and when it is cancelled.
"""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.domain.licensing import Customers
from bot.partner_center.usage_client import Progress
from cards.wording.locale_words import LocaleWords

PATIENCE = 2.0  # seconds after which a bar without any number says that something happens


@contextmanager
def progress_bar(words: LocaleWords, patience: float = PATIENCE) -> Iterator[Progress | None]:
    """Yield the function that the client calls after each page or customer.

    None if stderr is not a terminal. It needs a running event loop.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[numbers]}"))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words.say("terminal.asking"), total=None, visible=False, numbers="")
        late = asyncio.get_running_loop().call_later(patience, lambda: bar.update(task, visible=True))

        def fetched(done: int, total: int | None) -> None:
            key = "terminal.customers" if isinstance(done, Customers) else "terminal.fetching"
            # A single page is fetched before a bar could be read.
            if total is None or total > 1:
                late.cancel()
                bar.update(task, visible=True)
            numbers = f"{int(done)}/{'?' if total is None else total}"
            bar.update(task, description=words.say(key), completed=int(done), total=total, numbers=numbers)

        try:
            yield fetched
        finally:
            late.cancel()


@contextmanager
def waiting_line(text: Callable[[], str]) -> Iterator[None]:
    """Show what `text` returns in a line on stderr, which is gone at the end.

    It is asked again and again. Nothing if stderr is not a terminal. `text` is called on another thread.
    """
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    with Live(console=Console(stderr=True), transient=True, get_renderable=lambda: Text(text(), style="dim")):
        yield
