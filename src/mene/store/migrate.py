"""The store's layout: the numbered SQL files of `migrations/`, each run once, in order."""

from importlib.resources import files
from pathlib import Path

import duckdb

from mene import __version__
from mene.errors import StoreError


def read_migrations() -> tuple[tuple[int, str], ...]:
    """Return (number, SQL) of every migration, in order; the last number is the newest schema version."""
    folder = files("mene.store") / "migrations"
    scripts = [entry for entry in folder.iterdir() if entry.name.endswith(".sql")]
    return tuple(sorted((int(entry.name.split("_")[0]), entry.read_text(encoding="utf-8")) for entry in scripts))


def schema_version(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the schema version of an open file, 0 where it has none."""
    columns = connection.execute("SELECT column_name FROM duckdb_columns() WHERE table_name = 'meta'").fetchall()
    if {name for (name,) in columns} != {"key", "value"}:
        return 0
    row = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
    return int(row[0]) if row and str(row[0]).isdecimal() else 0


def migrate(path: Path, connection: duckdb.DuckDBPyConnection, *, read_only: bool) -> None:
    """Bring the store to the newest schema, all in one transaction. Raises `StoreError` where it is newer than ours."""
    migrations = read_migrations()
    newest = migrations[-1][0]
    current = schema_version(connection)
    if current > newest:
        raise StoreError(f"the store {path} has schema {current}, this Mene knows {newest}: update Mene")
    pending = [(number, script) for number, script in migrations if number > current]
    if not pending:
        return
    if read_only:
        raise StoreError(f"the store {path} has the older schema {current}: run `mene add` on it once to bring it up")
    connection.begin()
    for _, script in pending:
        connection.execute(script)
    version = {"schema_version": str(newest), "mene_version": __version__}
    for key, value in version.items():
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [key, value])
    connection.commit()
