"""How a database comes to have the tables of this release, one file a step; `..schema_upgrade` runs them.

A step is Alembic's, except that it is handed its Operations: Alembic's own `alembic.op` is one for the whole process.
A step that was released is never changed; `tests/integration/store` compares what they lead to with `..tables`.
"""
