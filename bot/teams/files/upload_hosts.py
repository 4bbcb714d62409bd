"""The check of addresses to which a file may be sent. Pure.

The address comes with an activity, and the file has a person's figures: it goes to OneDrive for work or school alone.
"""

from yarl import URL

from bot.teams.activity.service_hosts import LONGEST_URL, is_allowed

# The hosts of OneDrive and SharePoint, with any subdomain. Bots have no files in the clouds of the US government.
# https://learn.microsoft.com/en-us/microsoft-365/enterprise/urls-and-ip-address-ranges#sharepoint-online-and-onedrive-for-business
# https://learn.microsoft.com/en-us/microsoft-365/enterprise/urls-and-ip-address-ranges-21vianet
ONEDRIVE = (".sharepoint.com", ".sharepoint.cn")


def may_upload(address: object, simulated: tuple[str, ...]) -> bool:
    """Return True if a file may be sent to `address`.

    It must be https to a host of OneDrive, at the default port. `simulated` are hosts with a port; one that is this
    machine may be called, too. yarl reads the address, as the HTTP client does.
    """
    if not isinstance(address, str) or not 0 < len(address) <= LONGEST_URL:
        return False
    if not address.isascii() or not address.isprintable() or "\\" in address or " " in address:
        return False
    try:
        url = URL(address)
        host, port = url.host or "", url.port
    except ValueError:
        return False
    if url.user is not None or url.password is not None or url.fragment:
        return False
    if url.scheme == "https" and port == 443:
        return host.endswith(ONEDRIVE) and not host.startswith(".")
    # The simulated OneDrive of the demo and the tests.
    return url.scheme == "http" and is_allowed(f"http://{host}:{port}/", simulated, loopback_only=True)
