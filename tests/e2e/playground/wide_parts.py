"""What is too wide on a card in the client."""

from playwright.async_api import Locator

# The client puts further actions behind a button with three dots, and cuts off its dots itself. So it does with what
# is chosen in a picker.
_DOTS = "..."
_WIDER = """(card, dots) => [card, ...card.querySelectorAll('*')]
    .filter(part => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== 'inline')
    .filter(part => part.innerText !== dots && part.tagName !== 'INPUT')
    .map(part => `${part.className} ${part.innerText}`)"""


async def wide_parts(card: Locator) -> list[str]:
    """Return the parts of the card whose text is wider than they are."""
    found: list[str] = await card.evaluate(_WIDER, _DOTS)
    return found
