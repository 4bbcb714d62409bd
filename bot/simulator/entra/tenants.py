"""The tenants that exist, by id and by domain name.

https://learn.microsoft.com/en-us/entra/identity-platform/v2-protocols#endpoints
"""

import uuid

from bot.simulator.entra.token_refusal import TokenRefusedError, request

CONSUMERS = "9188040d-6c67-4c5b-b112-36a304b66dad"  # the tenant of all personal accounts
ANY_ORGANIZATION = frozenset({"common", "organizations"})


class Tenants:
    """Finds a tenant by its name in a path, in any case."""

    def __init__(self) -> None:
        self._ids = {"common": "common", "organizations": "organizations", "consumers": CONSUMERS, CONSUMERS: CONSUMERS}

    def add(self, tenant_id: str, *domains: str) -> None:
        """Let a tenant exist; `domains` are its verified names."""
        self._ids |= {name.lower(): tenant_id for name in (tenant_id, *domains)}

    def find(self, name: str) -> str:
        """Return the tenant's id, or `common` or `organizations`.

        Raises TokenRefusedError if there is none, as the token endpoint does.
        """
        found = self._ids.get(name.lower())
        if found is not None:
            return found
        if "." in name or _is_id(name):
            text = f"Tenant '{name}' not found. Check the tenant ID, and that you sign in to the correct cloud."
            raise request(90002, text)
        text = f"Specified tenant identifier '{name}' is neither a valid DNS name, nor a valid external domain."
        raise request(900023, text)

    def of_people(self, name: str) -> str:
        """Return the same for a sign-in of a person.

        Raises TokenRefusedError also where only personal accounts sign in.
        """
        found = self.find(name)
        if found == CONSUMERS:
            raise request(9002331, "The application is for users of organizations. Do not use the /consumers endpoint.")
        return found

    def one(self, name: str) -> str:
        """Return the id of one organization, which an application without a person needs.

        Raises TokenRefusedError.
        """
        found = self.find(name)
        if found in {"common", CONSUMERS}:
            text = "The grant type is not supported over the /common or /consumers endpoints."
            raise request(9001023, text)
        if found == "organizations":
            raise request(50059, "No tenant-identifying information found in the request or the credentials.")
        return found


def unknown(refused: TokenRefusedError) -> TokenRefusedError:
    """Return the refusal as discovery documents word it."""
    return TokenRefusedError(400, "invalid_tenant", 90002, refused.text)


def _is_id(name: str) -> bool:
    try:
        uuid.UUID(name)
    except ValueError:
        return False
    return True
