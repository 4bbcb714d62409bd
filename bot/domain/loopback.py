"""Whether a host is this machine: tokens may go there without TLS. Pure."""

import ipaddress


def is_loopback(host: str) -> bool:
    """Return True if `host`, a name or an address, is this machine and no other.

    Names below `localhost` are refused, because some resolvers look them up in the network.
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
