"""The store's layout: the numbered SQL files of `migrations/`, each run once, in order, on either database."""

from importlib.resources import files

from mene import __version__
from mene.errors import StoreError
from mene.store.database import Database


def read_migrations() -> tuple[tuple[int, str], ...]:
    """Return (number, SQL) of every migration, in order; the last number is the newest schema version."""
    folder = files("mene.store") / "migrations"
    scripts = [entry for entry in folder.iterdir() if entry.name.endswith(".sql")]
    return tuple(sorted((int(entry.name.split("_")[0]), entry.read_text(encoding="utf-8")) for entry in scripts))


def schema_version(database: Database) -> int:
    """Return the schema version of an open database, 0 where it has none."""
    if database.layout().get("meta") != {"key", "value"}:
        return 0
    rows = database.rows("SELECT value FROM meta WHERE key = 'schema_version'")
    return int(str(rows[0][0])) if rows and str(rows[0][0]).isdecimal() else 0


def check_tables(database: Database) -> None:
    """Raise `StoreError` where the tables are somebody else's. A database without any may become a store."""
    if database.layout() and schema_version(database) == 0:
        raise StoreError(f"{database.name} holds tables of another program, no Mene store: name another with --store")


def migrate(database: Database, *, read_only: bool) -> None:
    """Bring the store to the newest schema, all in one transaction. Raises `StoreError` where it is newer than ours."""
    migrations = read_migrations()
    newest = migrations[-1][0]
    current = schema_version(database)
    if current > newest:
        raise StoreError(f"the store {database.name} has schema {current}, this Mene knows {newest}: update Mene")
    pending = [script for number, script in migrations if number > current]
    if not pending:
        return
    if read_only:
        told = f"the store {database.name} has the older schema {current}"
        raise StoreError(f"{told}: run `mene add` on it once to bring it up")
    version = {"schema_version": str(newest), "mene_version": __version__}
    with database.transaction():
        for script in pending:
            database.run_script(script)
        for key, value in version.items():
            write_meta(database, key, value)


def write_meta(database: Database, key: str, value: str) -> None:
    """Write down a value of the store's own under a key, over the one that is there."""
    upsert = "INSERT INTO meta VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    database.rows(upsert, key, value)
