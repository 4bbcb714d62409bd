"""The signing keys of Entra's tenants, fetched without blocking and kept. Knows aiohttp.

Microsoft changes keys without notice; an unknown key id is a reason to fetch, but not more than once a minute, or
anybody's invented ids would make the bot hammer Entra:
https://learn.microsoft.com/en-us/entra/identity-platform/signing-key-rollover
"""

import asyncio
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

import aiohttp
import jwt
import msgspec
import structlog

from bot.errors import EntraDownError
from bot.identity.sso.sso_token import HOST, read_key

log = structlog.get_logger(__name__)

PAUSE = 60.0  # seconds between two fetches of a tenant's keys
FIRST_PAUSE = 5.0  # the same, while there are none at all
FRESH = 24 * 3600.0  # after that the list is fetched again in the background, so that withdrawn keys end
LARGEST = 1024 * 1024  # bytes of a key list; Entra's has about 20 kB
TENANTS = 256


class _KeyList(msgspec.Struct):
    keys: list[dict[str, object]]


@dataclass(slots=True)
class _Tenant:
    keys: dict[str, jwt.PyJWK] = field(default_factory=dict)
    fetched: float = 0.0
    asked: float | None = None
    fetching: asyncio.Task[None] | None = None


class EntraKeys:
    """`login_url` is Entra's root without a slash; `clock` gives seconds that only grow."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        login_url: str = HOST,
        *,
        seconds: float = 5.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session = session
        self._login_url = login_url
        self._timeout = aiohttp.ClientTimeout(total=seconds)
        self._clock = clock
        self._tenants: OrderedDict[str, _Tenant] = OrderedDict()

    async def find(self, tenant_id: str, kid: str) -> jwt.PyJWK | None:
        """The tenant's key `kid`, None where it has none. Raises EntraDownError before there were any keys."""
        tenant = self._tenant(str(uuid.UUID(tenant_id)))
        key = tenant.keys.get(kid)
        if key is None:
            fetching = tenant.fetching or (self._fetch(tenant_id, tenant) if self._may_ask(tenant) else None)
            if fetching is not None:
                await asyncio.shield(fetching)
            key = tenant.keys.get(kid)
        elif self._clock() - tenant.fetched > FRESH and tenant.fetching is None and self._may_ask(tenant):
            self._fetch(tenant_id, tenant)
        if key is None and not tenant.keys:
            raise EntraDownError("Entra's keys cannot be had")
        return key

    async def close(self) -> None:
        """Stop asking."""
        tasks = [tenant.fetching for tenant in self._tenants.values() if tenant.fetching is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _tenant(self, tenant_id: str) -> _Tenant:
        tenant = self._tenants.setdefault(tenant_id, _Tenant())
        self._tenants.move_to_end(tenant_id)
        if len(self._tenants) > TENANTS:
            oldest = next(iter(self._tenants))
            if self._tenants[oldest].fetching is None:
                del self._tenants[oldest]
        return tenant

    def _may_ask(self, tenant: _Tenant) -> bool:
        return tenant.asked is None or self._clock() - tenant.asked >= (PAUSE if tenant.keys else FIRST_PAUSE)

    def _fetch(self, tenant_id: str, tenant: _Tenant) -> asyncio.Task[None]:
        tenant.asked = self._clock()
        tenant.fetching = asyncio.create_task(self._renew(tenant_id, tenant), name="Entra keys")
        return tenant.fetching

    async def _renew(self, tenant_id: str, tenant: _Tenant) -> None:
        try:
            wire = msgspec.json.decode(await self._get(tenant_id), type=_KeyList).keys
            keys = dict(pair for each in wire if (pair := read_key(each)) is not None)
            if keys:
                tenant.keys, tenant.fetched = keys, self._clock()
            else:
                log.warning("entra_keys_not_renewed", problem="no usable key", known=len(tenant.keys))
        except (aiohttp.ClientError, TimeoutError, msgspec.MsgspecError, ValueError) as error:
            log.warning("entra_keys_not_renewed", problem=type(error).__name__, known=len(tenant.keys))
        finally:
            tenant.fetching = None

    async def _get(self, tenant_id: str) -> bytes:
        url = f"{self._login_url}/{uuid.UUID(tenant_id)}/discovery/v2.0/keys"
        async with self._session.get(url, timeout=self._timeout, allow_redirects=False) as response:
            if response.status != 200:
                raise ValueError("not 200")
            body = bytearray()
            async for chunk in response.content.iter_chunked(64 * 1024):
                body += chunk
                if len(body) > LARGEST:
                    raise ValueError("too large")
        return bytes(body)
