"""A database where the queue cannot be created.

The error is one line, and the start can be tried again.
"""

from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from bot.errors import StoreError
from bot.store import open_store


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_start_raises_store_error_when_the_user_may_create_no_schema(
    scene: Any, postgresql: Any, database_url: str
) -> None:
    plain = database_url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(plain, autocommit=True) as superuser:
        superuser.execute("DROP ROLE IF EXISTS limited")
        superuser.execute("CREATE ROLE limited LOGIN")
        superuser.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO limited")
        async with open_store(database_url.replace("usagebot@", "limited@")) as scene.store:
            for _ in range(2):
                with pytest.raises(StoreError, match=r"the user lacks a right; it makes a schema of its own, `dbos`$"):
                    async with scene.engine():
                        pytest.fail("started")
            superuser.execute(f"GRANT CREATE ON DATABASE {make_url(database_url).database} TO limited")
            superuser.execute("GRANT ALL ON SCHEMA public TO limited")
            async with scene.engine():
                pass
        superuser.execute("DROP OWNED BY limited")
        superuser.execute("DROP ROLE limited")
