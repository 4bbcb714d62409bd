"""The URLs of the reports, and to which hosts the token may be sent. Pure.

https://learn.microsoft.com/en-us/partner-center/developer/partner-center-rest-urls
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urljoin

from yarl import URL

from bot.domain.loopback import is_loopback
from bot.domain.report_kind import ReportKind
from bot.errors import BadAnswerError, SettingsError

# The vendor's page has `/v1` in the syntax line and `/partner/v1` in the example. The older reports have `/v1` in both.
# https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#rest-request
USAGE_PATH = "/analytics/commercial/usage/license"
CUSTOMER_USAGE_PATH = "/v1/customers/{}/analytics/licenses/usage"
# https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-deployment-information#rest-request
DEPLOYMENT_PATH = "/analytics/commercial/deployment/license"
CUSTOMER_DEPLOYMENT_PATH = "/v1/customers/{}/analytics/licenses/deployment"
# Of each report the path over all customers, and that of the superseded report over one.
_PATHS = {
    ReportKind.USAGE: (USAGE_PATH, CUSTOMER_USAGE_PATH),
    ReportKind.DEPLOYMENT: (DEPLOYMENT_PATH, CUSTOMER_DEPLOYMENT_PATH),
}

CUSTOMERS_PATH = "/v1/customers"
CUSTOMER_SUBSCRIPTIONS_PATH = "/v1/customers/{}/subscriptions"
SUBSCRIPTION_ANALYTICS_PATH = "/analytics/subscriptions"

# A next link that a server issues is much shorter than this.
LINK_LIMIT = 16_384
_VISIBLE = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class ReportEndpoint:
    """Partner Center's address.

    `base` has scheme, host and port; `prefix` comes before the path of the current report. Raises SettingsError when a
    token must not be sent to the address: plain http is allowed only for the local machine.
    """

    base: str
    prefix: str = "/partner/v1"

    def __post_init__(self) -> None:
        try:
            url = URL(self.base)
            host, _ = url.host, url.port
        except ValueError:
            raise SettingsError("Partner Center address", "is not a web address") from None
        if not host or url.scheme not in {"http", "https"} or url.user or url.password:
            raise SettingsError("Partner Center address", "has to be https://<host>, without a user name")
        if url.scheme == "http" and not is_loopback(host):
            raise SettingsError("Partner Center address", "has to begin with https: tokens are sent to it")

    def usage(self, params: Mapping[str, str]) -> URL:
        """Return the URL of the usage report over all customers."""
        return self.report(ReportKind.USAGE, params)

    def report(self, kind: ReportKind, params: Mapping[str, str]) -> URL:
        """Return the URL of a report over all customers."""
        path, _ = _PATHS[kind]
        return self._url(self._prefixed(path), params)

    def customer_report(self, kind: ReportKind, customer_id: str) -> URL:
        """Return the URL of the superseded report over one customer.

        https://learn.microsoft.com/en-us/partner-center/developer/get-customer-licenses-usage-information
        https://learn.microsoft.com/en-us/partner-center/developer/get-customer-licenses-deployment-information
        """
        _, path = _PATHS[kind]
        return self._url(path.format(quote(customer_id, safe="")), {})

    def customers(self, *, following: bool, size: int) -> URL:
        """Return the URL of the customers' list.

        `following`: of the page after a continuation token.

        https://learn.microsoft.com/en-us/partner-center/developer/get-a-list-of-customers
        """
        return self._url(CUSTOMERS_PATH, {"seekOperation": "Next"} if following else {"size": str(size)})

    def customer_subscriptions(self, customer_id: str) -> URL:
        """Return the URL of the subscriptions of one customer.

        https://learn.microsoft.com/en-us/partner-center/developer/get-all-of-a-customer-s-subscriptions
        """
        return self._url(CUSTOMER_SUBSCRIPTIONS_PATH.format(quote(customer_id, safe="")), {})

    def subscription_analytics(self, params: Mapping[str, str]) -> URL:
        """Return the URL of the subscriptions of all customers.

        https://learn.microsoft.com/en-us/partner-center/developer/get-all-subscription-analytics
        """
        return self._url(self._prefixed(SUBSCRIPTION_ANALYTICS_PATH), params)

    def _prefixed(self, path: str) -> str:
        return f"/{self.prefix.strip('/')}{path}" if self.prefix.strip("/") else path

    def _url(self, path: str, params: Mapping[str, str]) -> URL:
        # Spaces as %20, as in Microsoft's examples; `+` means a space in HTML forms only.
        query = f"?{urlencode(params, quote_via=quote, safe='')}" if params else ""
        return URL(f"{self.base.rstrip('/')}{path}{query}", encoded=True)


def following(current: URL, link: str) -> URL:
    """Return the target of a next link, relative or absolute.

    The bearer token is sent with the request, so scheme, host and port have to be the same as in `current`. Raises
    BadAnswerError when the link leads to another host.
    """
    try:
        url = _joined(current, _read(link)) if len(link) <= LINK_LIMIT else None
        same = url is not None and _origin(url) == _origin(current) and not url.user and not url.password
    except ValueError:
        same = False
    if not same or url is None:
        raise BadAnswerError("the link to the next page leads to another host; it was not followed")
    return url


def at_the_root(current: URL, link: str) -> URL | None:
    """Return the target of a next link that is relative to a root of the API.

    Similar reports document links that are relative, and not always to the request. The path of such a link is the end
    of the path of `current`. None for any other link. The target has the scheme, host and port of `current`.
    https://learn.microsoft.com/en-us/windows/uwp/monetize/get-app-acquisitions
    """
    try:
        target = _read(link) if len(link) <= LINK_LIMIT else None
    except ValueError:
        return None
    if target is None or target.scheme or target.raw_authority or not target.path.strip("/"):
        return None
    if not current.path.casefold().endswith("/" + target.path.lstrip("/").casefold()):
        return None
    return URL(f"{current.origin()}{current.raw_path}?{target.raw_query_string}", encoded=True)


def is_same_page(one: URL, other: URL) -> bool:
    """Return True if two URLs ask for the same page."""
    return page_asked(one) == page_asked(other)


def page_asked(url: URL) -> object:
    """Return what is the same for all URLs of one page.

    Their encoding and the order of their parameters may differ.
    """
    return _origin(url), url.path, tuple(sorted(url.query.items()))


def _read(link: str) -> URL:
    """Return the URL in a link. Raises ValueError when it is none.

    Similar reports leave spaces unencoded. yarl would make `+` of them, which is a space in HTML forms only.
    """
    return URL(link.strip().replace(" ", "%20"))


def _joined(current: URL, link: URL) -> URL:
    """Return the target of `link` seen from `current`, as encoded as both are.

    yarl's `join` decodes the folders of `current`, so an encoded line break would get into the next request. Raises
    ValueError when the target cannot be requested.
    """
    url = URL(urljoin(str(current), str(link)), encoded=True).with_fragment(None)
    if not _VISIBLE.fullmatch(url.raw_path_qs):
        raise ValueError("a request cannot have this target")
    return url


def _origin(url: URL) -> tuple[str, str | None, int | None]:
    return url.scheme, url.host, url.port
