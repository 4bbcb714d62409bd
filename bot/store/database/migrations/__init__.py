"""The steps that create and upgrade the tables, one per file.

`..schema_upgrade` runs them.

A step is one of Alembic's, except that it receives its Operations as an argument: Alembic's own `alembic.op` is global
to the process. A released step is never changed; `tests/integration/store` compares their result with `..tables`.
"""
