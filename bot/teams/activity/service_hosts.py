"""The check of service URLs. Pure.

The bot sends its own token to the service URL of an activity, so an activity must not choose the host freely.
"""

from functools import lru_cache

from yarl import URL

from bot.domain.loopback import is_loopback

# https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
PUBLIC_SERVICE_HOSTS = ("smba.trafficmanager.net",)
LONGEST_URL = 2_048


@lru_cache(maxsize=256)  # Teams uses a handful of service URLs for all its activities
def is_allowed(service_url: str, hosts: tuple[str, ...], *, loopback_only: bool = False) -> bool:
    """Return True if `service_url` is an allowed address to send the bot's token to.

    It must be https to one of `hosts`, or http to one of them that is this machine. With `loopback_only` every host but
    this machine is refused. yarl reads the URL because the HTTP client uses yarl, too: if two parsers disagree about
    the host, an attacker can use that.
    """
    if not 0 < len(service_url) <= LONGEST_URL or not service_url.isprintable() or "\\" in service_url:
        return False
    try:
        url = URL(service_url)
        host, port = url.host, url.port
    except ValueError:
        return False
    if not host or url.user is not None or url.password is not None or url.query_string or url.fragment:
        return False
    if ".." in service_url or (loopback_only and not is_loopback(host)):
        return False
    if url.scheme == "https":
        return (host if port == 443 else f"{host}:{port}") in hosts
    return url.scheme == "http" and is_loopback(host) and f"{host}:{port}" in hosts
