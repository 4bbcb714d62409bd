"""Which TLS a connection of the bot to a service may have."""

import ssl


def tls_context() -> ssl.SSLContext:
    """Return a context that checks certificates and names, with TLS 1.2 or newer."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
