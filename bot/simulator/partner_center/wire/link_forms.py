"""The forms that a next link can have. Pure.

The form of this report's own link is not documented. Reports with the same envelope document links that are relative,
with unencoded spaces, mostly to the request and sometimes to a root of the API:
https://learn.microsoft.com/en-us/windows/uwp/monetize/get-app-acquisitions
An API behind a gateway may write the name, the scheme or the port of the server behind it.
"""

from typing import Literal, get_args
from urllib.parse import urljoin, urlsplit

LinkForm = Literal["absolute", "relative", "leaf", "spaces", "query", "version", "analytics", "api_root", "inner"]
FORMS: tuple[LinkForm, ...] = get_args(LinkForm)
# As the reports with the same envelope document theirs.
USUAL: LinkForm = "spaces"
INNER_HOST = "http://analytics-7.internal:8080"  # no server listens there


def with_skip(address: str, top: int, skip: int) -> str:
    """Return the address of another page; the rest is as it was asked.

    Spaces are written as %20.
    """
    path, _, query = address.partition("?")
    kept = [part for part in query.split("&") if part and part.partition("=")[0] not in {"top", "skip"}]
    return f"{path}?{'&'.join((*kept, f'top={top}', f'skip={skip}')).replace('+', '%20')}"


def absolute(address: str, link: str) -> str:
    """Return the address that a link leads to. It is in the answer of `address`."""
    return urljoin(address, link.replace(" ", "%20"))


def in_form(address: str, form: LinkForm) -> str:
    """Return the link to `address`, an absolute URL of a report, in this form."""
    path, query = urlsplit(address)[2:4]
    leaf = path.rpartition("/")[2]
    root, _, below = path.partition("/analytics/")
    inside = root != path
    targets: dict[LinkForm, str] = {
        "absolute": address.partition("?")[0],
        "inner": INNER_HOST + path,
        "relative": path,
        "leaf": leaf,
        "spaces": leaf,
        "query": "",
        "version": path.removeprefix("/partner"),
        "analytics": f"/analytics/{below}" if inside else leaf,
        "api_root": below if inside else leaf,
    }
    link = f"{targets[form]}?{query}"
    return link.replace("%20", " ") if form == "spaces" else link
