"""`usagebot demo` as a newcomer starts it, and its chat.

It is a process of its own, whose output is read line by line. Where only the chat is tested, it is a forked one.
"""

import contextlib
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, WebSocket, expect

from bot.demo.node_runtime import find_node
from bot.demo.playground import PACKAGE
from tests import node_packages
from tests.forked_processes import ForkedCommand

PICTURES = Path(__file__).parents[3] / ".artifacts" / "playground"
IN_ORDER = Path(__file__).with_name("answers_after_questions.js")
# The Playground's chat is never narrower than this, nor its cards than 450 px; Teams on a phone gives a card the
# phone's width. So in narrow windows every container of a card or of the text box may be as narrow as the window.
PLAYGROUND_LEAST = 600
AS_NARROW_AS_A_PHONE = """
    div:has(.ac-adaptiveCard), div:has([role=textbox]) { min-width: 0 !important; max-width: 100vw !important; }
    div:has(> .ac-preview-panel) { width: auto !important; }
"""

START_LIMIT = 280
SECONDS = 240  # what a browser waits for comes sooner, unless something is wrong
WELCOME = re.compile(r"Hello(, Alex Wilber)?!")  # the name is there once Teams was asked for it
ADDRESS = re.compile(r"Open (http://127\.0\.0\.1:\d+) in a browser")


class Demo:
    """A running `usagebot demo`: everything it prints, and its processes."""

    def __init__(self, process: subprocess.Popen[str] | ForkedCommand) -> None:
        self.process = process
        self.lines: list[str] = []
        self._new: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._new.put(line.rstrip("\n"))
        self._new.put(None)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def until(self, pattern: str | re.Pattern[str], limit: float = START_LIMIT) -> "re.Match[str]":
        """Read up to the line that matches `pattern`."""
        end = time.monotonic() + limit
        while (line := self._new.get(timeout=max(0.01, end - time.monotonic()))) is not None:
            self.lines.append(line)
            if found := re.search(pattern, line):
                return found
        pytest.fail(f"the demo ended without saying {pattern!r}:\n{self.text}")

    def url(self) -> str:
        return self.until(ADDRESS)[1]

    def end(self, limit: float = 120) -> int:
        """Read the rest and return the exit code."""
        code = self.process.wait(limit)
        self._reader.join(limit)
        while not self._new.empty():
            line = self._new.get()
            if line is not None:
                self.lines.append(line)
        return code

    def stop(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.end()

    def clean_up(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(60)
        self._reader.join(60)
        assert self.process.stdout is not None
        self.process.stdout.close()


def forked_demo(*arguments: str, logged: bool = False) -> Demo:
    """Fork a demo whose start and end are not tested, see forked_processes.py."""
    return Demo(ForkedCommand(("demo", *arguments), os.environ, logged=logged))


def started_demo(*arguments: str, environ: Mapping[str, str] | None = None, stdin: str | None = None) -> Demo:
    """Start a demo with a Python of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", *arguments],
        stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, **(environ or {})},
        text=True,
        start_new_session=True,
    )
    demo = Demo(process)
    if stdin is not None and process.stdin is not None:
        process.stdin.write(stdin)
        process.stdin.close()
    return demo


class Chat:
    """The Playground in a window, and what a person does there.

    `cards` are those of the open conversation.
    """

    def __init__(self, page: Page, socket: WebSocket) -> None:
        self.page = page
        self.socket = socket
        self.complaints: list[str] = []  # of the client, for who reads why a test failed
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.cards = page.locator(
            ".ac-adaptiveCard, [data-tid=hero-card]"
        )  # it draws a sign-in card as its "hero card"

    async def write(self, sentence: str, *, to: str | None = None) -> None:
        """Type the sentence as a person does; in groups and channels, mention `to`."""
        parts = (sentence,) if to is None else (f"@{to}", f" {sentence}")
        await self.write_parts(*parts)

    async def write_parts(self, *parts: str) -> None:
        """Type the parts of a sentence; `@name` is a mention, chosen from a list."""
        box = self.page.get_by_role("textbox").first
        await box.click()
        for part in parts:
            if part.startswith("@"):
                await self.page.keyboard.type("@")
                await self.page.get_by_role("menuitem", name=part[1:]).click()
            elif part:
                await self.page.keyboard.type(part)
                await expect(box).to_contain_text(part.strip())  # on a busy machine the keys come before the box
        await self.page.keyboard.press("Enter")
        await expect(box).to_have_text("")

    async def say(self, sentence: str) -> Locator:
        """Send the sentence and return the card that answers it."""
        before = await self.cards.count()
        await self.write(sentence)
        try:
            await expect(self.cards).to_have_count(before + 1)
        except AssertionError as error:
            shown = await self.page.locator("body").inner_text()
            error.add_note(
                "\n".join(("The chat ends with:", shown[-3000:], "The client says:", *self.complaints[-20:]))
            )
            raise
        return self.cards.last

    async def go(self, conversation: str) -> None:
        """Open another conversation of the list, and wait for the bot's welcome."""
        await self.page.get_by_role("treeitem", name=conversation).click()
        await expect(self.cards.filter(has_text=WELCOME)).to_be_visible()

    async def begin_sign_in(self, width: int = 1280, *, closes: bool = False) -> Page:
        """Press the newest sign-in button and return the page that it opens."""
        async with self.page.expect_popup() as opening:
            await self.page.get_by_role("button", name="Sign in").last.click()
        opened = await opening.value
        await opened.set_viewport_size({"width": width, "height": 900})
        await expect(opened.get_by_role("heading", name="Pick an account")).to_be_visible()
        if not closes:  # else it may be gone before it is looked at
            await opened.add_init_script("window.close = () => {}")
        return opened

    async def sign_in(self) -> None:
        """Choose the account on the sign-in page."""
        opened = await self.begin_sign_in()
        await opened.get_by_role("button", name="Continue as Alex Wilber").click()
        await expect(opened.get_by_role("heading", name="You are signed in")).to_be_visible()
        await opened.close()

    async def narrow(self, width: int) -> None:
        """Make the window as narrow as a phone's."""
        await self.page.set_viewport_size({"width": width, "height": 900})
        await self.page.add_style_tag(content=AS_NARROW_AS_A_PHONE)
        await self.page.wait_for_timeout(500)  # until the list of conversations has moved away

    async def picture(self, name: str, card: Locator | None = None, page: Page | None = None) -> None:
        """Store a picture of what a person sees."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        shown = page or self.page
        if card is not None:
            await card.scroll_into_view_if_needed()
        width = shown.viewport_size["width"] if shown.viewport_size else 0
        await shown.screenshot(path=PICTURES / f"{name}-{width}.png")


OpenChat = Callable[..., Awaitable[Chat]]


@pytest_asyncio.fixture(loop_scope="session")
async def open_chat(chromium: Browser) -> AsyncIterator[OpenChat]:
    """Return a function that opens the personal chat of a demo, see `opening`."""
    async with opening(chromium) as open_chat:
        yield open_chat


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def open_kept_chat(chromium: Browser) -> AsyncIterator[OpenChat]:
    """Return the same for chats that the tests of a file use one after the other.

    To load the client takes a processor some seconds, more than what a test does in it.
    """
    async with opening(chromium) as open_chat:
        yield open_chat


@asynccontextmanager
async def opening(chromium: Browser) -> AsyncIterator[OpenChat]:
    """Yield a function that opens the personal chat of a demo.

    It is connected, and the log is hidden.
    """
    opened: list[Page] = []

    async def open_chat(url: str, width: int = 1280) -> Chat:
        page = await chromium.new_page(viewport={"width": width, "height": 900})
        # Playwright's own limit of 30 s is short on a busy machine. Pages that this one opens have the same limit.
        page.context.set_default_timeout(240_000)
        opened.append(page)
        page.set_default_timeout(SECONDS * 1_000)
        await page.add_init_script(path=IN_ORDER)
        async with page.expect_websocket() as connecting:
            await page.goto(url)
        await expect(page.get_by_text("conversationUpdate")).to_be_visible()
        await page.get_by_title("Hide log panel").click()
        chat = Chat(page, await connecting.value)
        if width < PLAYGROUND_LEAST:
            await chat.narrow(width)
        return chat

    yield open_chat
    for page in opened:
        await page.close()


def family(pid: int) -> set[int]:
    """Return every process below `pid` that is alive, without `pid` itself."""
    parents: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = status.read_text("latin-1").rpartition(") ")[2].split()[:2]
            if state not in "ZX":
                parents[int(status.parent.name)] = int(parent)
    found: set[int] = set()
    level = {pid}
    while level:
        level = {child for child, parent in parents.items() if parent in level} - found
        found |= level
    return found


def alive(pids: set[int]) -> set[int]:
    """Return those of `pids` that are running."""
    running = set()
    for pid in pids:
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/stat").read_text("latin-1").rpartition(") ")[2][0] not in "ZX":
                running.add(pid)
    return running


Start = Callable[..., Demo]


@pytest.fixture
def start() -> Iterator[Start]:
    """Return a function that starts demos with a Python of their own.

    They end after the test.
    """
    with ending(started_demo) as start:
        yield start


@pytest.fixture
def fork() -> Iterator[Start]:
    """Return a function that forks demos; they end after the test."""
    with ending(forked_demo) as fork:
        yield fork


@pytest.fixture(scope="module")
def fork_kept() -> Iterator[Start]:
    """Return a function that forks demos; they end after the tests of the file."""
    with ending(forked_demo) as fork:
        yield fork


@contextmanager
def ending(start: Start) -> Iterator[Start]:
    """Yield a function that does the same as `start`, and end the demos."""
    started: list[Demo] = []

    def start_one(*arguments: str, **given: Any) -> Demo:
        started.append(start(*arguments, **given))
        return started[-1]

    yield start_one
    for demo in started:
        demo.clean_up()


@pytest.fixture(scope="session", autouse=True)
def client_is_installed() -> None:
    """Let npm install the chat client before the first demo starts it.

    Several processes run these tests.
    """
    node = find_node(os.environ)
    if node is None:
        return  # the tests that need a client say so
    with node_packages.alone():
        environ = {**os.environ, "PATH": node.path(os.environ)}
        subprocess.run([*node.npx, "--yes", PACKAGE, "--version"], env=environ, capture_output=True, check=False)


@pytest.fixture(scope="session")
def playground_url() -> Iterator[str]:
    """Return the chat client of one demo, for all tests that only use the chat."""
    demo = forked_demo("--client-port", str(any_port()))
    yield demo.url()
    demo.stop()
    demo.clean_up()


@pytest.fixture
def client_port() -> int:
    """Return a port that is free now."""
    return any_port()


def any_port() -> int:
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return int(attempt.getsockname()[1])


@pytest.fixture(scope="session")
def port() -> Callable[[], int]:
    """Return a function that returns a port that is free now."""
    return any_port


@pytest.fixture
def descendants() -> Callable[[int], set[int]]:
    return family


@pytest.fixture
def survivors() -> Callable[[set[int]], set[int]]:
    """Return a function that waits a moment and returns the processes still alive."""

    def wait(pids: set[int]) -> set[int]:
        end = time.monotonic() + 60
        while alive(pids) and time.monotonic() < end:
            time.sleep(0.05)
        return alive(pids)

    return wait
