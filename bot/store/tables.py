"""The tables. Knows SQLAlchemy's Core, no engine.

One table serves every kind of record: an opaque value with a version (for compare-and-set) and an end. What a value
holds is the business of the room that wrote it, which also encrypts it.
"""

from sqlalchemy import Column, Float, Integer, LargeBinary, MetaData, String, Table

metadata = MetaData()

RECORDS = Table(
    "records",
    metadata,
    Column("kind", String(40), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("value", LargeBinary, nullable=False),
    Column("expires", Float, nullable=True, index=True),
)
