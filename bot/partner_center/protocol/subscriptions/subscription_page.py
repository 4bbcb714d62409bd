"""A body -> a page of subscriptions, of either source. Pure.

Any bytes give a page or an UnreadablePageError.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.subscriptions import Subscription
from bot.partner_center.protocol.answer_page import AnswerPage, ReadRow, UnreadablePageError, read_page
from bot.partner_center.protocol.lenient_json import decode_leniently, unmarked


def decode_subscriptions(
    body: bytes | bytearray, charset: str | None, read: ReadRow[Subscription]
) -> AnswerPage[Subscription]:
    """Decode a body, with or without byte order marks.

    `read` makes a subscription of an entry. Raises UnreadablePageError when the body is not a page.
    """
    try:
        answer = decode_leniently(bytes(unmarked(body)), charset)
        page = read_page(answer, read)
    except (ValueError, RecursionError) as error:
        raise UnreadablePageError(f"the answer cannot be read: {str(error)[:200]}") from None
    return page if page.next_link or not _continues(answer) else replace(page, next_link="")


def _continues(answer: Any) -> bool:
    """Return True if the list of one customer says that it has another page.

    No document has one; other lists of this API say it with a token, and a link that needs the token:
    https://learn.microsoft.com/en-us/partner-center/developer/get-a-list-of-customers
    Then `next_link` of the page is "": it cannot be followed.
    """
    if not isinstance(answer, Mapping):
        return False
    links = answer.get("links")
    return bool(answer.get("continuationToken") or (isinstance(links, Mapping) and links.get("next")))
