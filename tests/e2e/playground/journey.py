"""A person's way through the whole bot, in the words of their language.

What is pressed is found by the name that the card gives it, so one journey holds in every language.
"""

import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urljoin

from playwright.async_api import Locator, Route, expect

from cards.wording.locale_words import LocaleWords
from tests.e2e.playground.wide_parts import wide_parts

INVOKE = "/_conversation/v1/invoke"
_INVOKE = re.compile(INVOKE + "$")
OTHER_PERSON = "user-id-1"
FILE_CONSENT = "application/vnd.microsoft.teams.card.file.consent"


class Journey:
    """A chat, and the words that its cards speak.

    Every card that is looked at is stored as a picture, and nothing on it is wider than the card.
    """

    def __init__(self, chat: Any, words: LocaleWords) -> None:
        self.chat = chat
        self.words = words
        self._step = 0
        self._cards = 0

    async def newest(self) -> Locator:
        """Return the card that is the newest now, and stays it."""
        self._cards = await self.chat.cards.count()
        found: Locator = self.chat.cards.nth(self._cards - 1)
        return found

    async def next(self) -> Locator:
        """Wait for a card beyond the newest one that was looked for, and return it."""
        await expect(self.chat.cards.nth(self._cards)).to_be_visible()
        return await self.newest()

    def pattern(self, key: str, **values: str) -> "re.Pattern[str]":
        """Return the text for `key` as a pattern.

        A placeholder without a value matches anything.
        """
        blank = "\ue000"
        text = self.words.texts[key]
        forms = [text] if isinstance(text, str) else list(text.values())
        made = []
        for form in forms:
            whole = re.sub(r"\{([a-z_]+)\}", lambda found: values.get(found[1], blank), form)
            made.append(re.escape(whole).replace(re.escape(blank), ".+"))
        return re.compile("|".join(made))

    def cards_with(self, key: str) -> Locator:
        """Return the newest card with this text, when there is one."""
        found: Locator = self.chat.cards.filter(has_text=self.pattern(key)).last
        return found

    async def goes_to(self, conversation: str) -> None:
        """Open another conversation of the list.

        Only a wide window shows the list. It stays wide: in a channel the client gives a card less than half of a
        narrow window.
        """
        await self.chat.page.set_viewport_size({"width": 1280, "height": 900})
        await self.chat.page.get_by_role("treeitem", name=conversation).click()
        await expect(self.cards_with("hello.question")).to_be_visible()

    async def sees(self, card: Locator, *keys: str) -> None:
        """Look at a card that has these texts, and store its picture."""
        for each in keys:
            await expect(card).to_contain_text(self.pattern(each))
        self._step += 1
        await self.chat.picture(f"journey-{self.words.language}-{self._step:02}", card)
        assert await wide_parts(card) == []

    async def press(self, card: Locator, key: str, **values: str) -> None:
        """Press the button of a card, which may be behind the dots."""
        await expect(card).to_be_visible()
        button = card.get_by_role("button", name=self.pattern(key, **values)).first
        if not await button.is_visible():
            await card.get_by_role("button", name="More options").last.click()
            button = self.chat.page.get_by_role("menuitem", name=self.pattern(key, **values))
        await button.click()

    async def choose(self, card: Locator, label: str, choice: str) -> None:
        """Choose one of the choices below a label."""
        await card.get_by_role("combobox", name=self.pattern(label)).click()
        await self.chat.page.get_by_role("option", name=self.words.say(choice), exact=True).click()

    async def signs_in(self) -> None:
        """Choose the account on the page that the button opens.

        The question is answered after that.
        """
        card = self.cards_with("sign_in.text")
        await self.sees(card, "sign_in.text")
        await self.newest()
        async with self.chat.page.expect_popup() as opening:
            await self.press(card, "sign_in.button")
        opened = await opening.value
        async with opened.expect_event("close"):
            await opened.get_by_role("button", name="Continue as Alex Wilber").click()
        await self.next()

    @asynccontextmanager
    async def recorded(self, *, with_payload: Mapping[str, Any] | None = None) -> AsyncIterator[list[dict[str, Any]]]:
        """Yield the presses that the client sends.

        Each of them has another payload, if there is one.
        """
        sent: list[dict[str, Any]] = []

        async def changed(route: Route) -> None:
            activity = route.request.post_data_json
            if with_payload is not None:
                activity["value"]["action"]["data"] = dict(with_payload)
            sent.append(activity)
            await route.continue_(post_data=activity)

        await self.chat.page.route(_INVOKE, changed)
        yield sent
        await self.chat.page.unroute(_INVOKE)

    async def pressed_by_another(self, press: Mapping[str, Any]) -> str:
        """Send a press as another person of the conversation.

        Return the card that this person sees.
        """
        other = {**press, "from": {"id": OTHER_PERSON}}
        place = urljoin(self.chat.page.url, INVOKE)
        response = await self.chat.page.request.post(place, data=other)
        assert response.status == 200
        return json.dumps(await response.json(), ensure_ascii=False)

    async def asked_about_file(self, card: Locator) -> dict[str, Any]:
        """Press the button that exports, and return the question about the file.

        Teams draws this question. The Playground says that it does not, and takes no answer to it.
        """
        async with self.chat.socket.expect_event("framereceived", lambda frame: FILE_CONSENT in str(frame)) as heard:
            await self.press(card, "usage.export")
        [question] = json.loads(await heard.value)["message"]["attachments"]
        return dict(question["content"])

    async def downloads(self, card: Locator) -> str:
        """Press the link to a file, choose the account, and return the file's name."""
        async with self.chat.page.expect_popup() as opening:
            await card.get_by_role("link", name=self.pattern("export.download")).click()
        opened = await opening.value
        async with opened.expect_download() as coming:
            await opened.get_by_role("button", name="Continue as Alex Wilber").click()
        file = await coming.value
        assert await file.failure() is None
        await opened.close()
        return str(file.suggested_filename)
