"""The address of Entra, and the issuer that its tokens name. Pure.

Each national cloud has an address of its own:
https://learn.microsoft.com/en-us/entra/identity-platform/authentication-national-cloud
"""

from urllib.parse import urlsplit

LOGIN_URL = "https://login.microsoftonline.com"  # the worldwide cloud

# A cloud answers under several names, and its tokens name only one: `preferred_network` in the instance discovery.
# https://learn.microsoft.com/en-us/entra/msal/dotnet/advanced/custom-authority-aliases
_ISSUING_HOSTS = {
    "login.windows.net": "login.microsoftonline.com",
    "login.microsoft.com": "login.microsoftonline.com",
    "sts.windows.net": "login.microsoftonline.com",
    "login.chinacloudapi.cn": "login.partner.microsoftonline.cn",
    "login.usgovcloudapi.net": "login.microsoftonline.us",
}


def issuer_of(login_url: str, tenant_id: str) -> str:
    """Return the issuer in the tenant's tokens of the cloud at `login_url`.

    The tokens are of version 2.0:
    https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference
    """
    parts = urlsplit(login_url)
    host = parts.netloc.lower()
    return f"{parts.scheme}://{_ISSUING_HOSTS.get(host, host)}/{tenant_id}/v2.0"


def authority_of(login_url: str, tenant_id: str) -> str:
    """Return the authority for MSAL, with https: it accepts nothing else.

    So no secret is sent to an http address, which the settings allow on this machine.
    """
    return f"https://{urlsplit(login_url).netloc}/{tenant_id}"
