"""The signing keys of Entra's tenants, cached per tenant. Depends on aiohttp.

https://learn.microsoft.com/en-us/entra/identity-platform/signing-key-rollover
"""

import asyncio
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable

import aiohttp
import jwt
import msgspec
import structlog

from bot.domain.entra_cloud import LOGIN_URL
from bot.errors import EntraDownError
from bot.identity.sso.signing_keys import KeyList, KeysUnavailableError, SigningKeys, read_key

log = structlog.get_logger(__name__)

SECONDS = 5.0  # timeout of one request
TENANTS = 256


class TenantKeys(SigningKeys[jwt.PyJWK]):
    """The signing keys of one tenant, from the key list at `url`."""

    def __init__(self, session: aiohttp.ClientSession, url: str, clock: Callable[[], float]) -> None:
        super().__init__(session, seconds=SECONDS, clock=clock)
        self._url = url

    async def _load(self) -> dict[str, jwt.PyJWK]:
        wire = msgspec.json.decode(await self._get(self._url), type=KeyList).keys
        return dict(pair for each in wire if (pair := read_key(each)) is not None)

    def _not_renewed(self, problem: str, known: int) -> None:
        log.warning("entra_keys_not_renewed", problem=problem, known=known)


class EntraKeys:
    """Caches signing keys by tenant.

    `login_url` is Entra's root without a slash; `clock` is monotonic seconds.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        login_url: str = LOGIN_URL,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session = session
        self._login_url = login_url
        self._clock = clock
        # An LRU cache would drop keys while they are fetched, and `close` could not end that fetch.
        self._tenants: OrderedDict[str, TenantKeys] = OrderedDict()

    async def find(self, tenant_id: str, kid: str) -> jwt.PyJWK | None:
        """Return the tenant's key `kid`; None if the tenant has no such key.

        Raises EntraDownError when no key of the tenant could be fetched yet.
        """
        try:
            return await self._tenant(str(uuid.UUID(tenant_id))).find(kid)
        except KeysUnavailableError:
            raise EntraDownError("Entra's signing keys could not be fetched") from None

    async def close(self) -> None:
        """Cancel the fetches that are running."""
        await asyncio.gather(*(tenant.close() for tenant in self._tenants.values()))

    def _tenant(self, tenant_id: str) -> TenantKeys:
        tenant = self._tenants.get(tenant_id)
        if tenant is None:
            url = f"{self._login_url}/{tenant_id}/discovery/v2.0/keys"
            tenant = self._tenants[tenant_id] = TenantKeys(self._session, url, self._clock)
        self._tenants.move_to_end(tenant_id)
        if len(self._tenants) > TENANTS:
            oldest = next(iter(self._tenants))
            if not self._tenants[oldest].fetching:
                del self._tenants[oldest]
        return tenant
