"""The session of requests with which MSAL reaches Entra.

The rules of all outgoing calls hold: no proxy and no .netrc from the environment, no cookies, no redirects, TLS 1.2 or
newer. The connections obey the deadline of the call (call_deadline.py).
"""

from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from bot.identity.entra.call_deadline import watch
from bot.outgoing.tls_policy import tls_context


class _Watched(HTTPConnection):
    def getresponse(self) -> Any:
        """Wait for the answer, at most until the deadline of the call."""
        watch(self.sock)
        return super().getresponse()


class _WatchedTls(HTTPSConnection):
    def getresponse(self) -> Any:
        """Wait for the answer, at most until the deadline of the call."""
        watch(self.sock)
        return super().getresponse()


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Watched


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _WatchedTls


class EntraAdapter(HTTPAdapter):
    """Opens the connections of a session."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Use our connections, and no TLS older than 1.2."""
        super().init_poolmanager(*args, ssl_context=tls_context(), **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}


def make_session() -> requests.Session:
    """Return a session for Entra. The caller closes it.

    It keeps no cookies, because a cookie would belong to one person.
    """
    session = requests.Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    for scheme in ("http://", "https://"):
        session.mount(scheme, EntraAdapter())
    return session
