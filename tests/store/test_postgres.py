"""The store on a PostgreSQL server: what is refused, in one line that says what to do and never has the password."""

import sys
from pathlib import Path

import pytest

from mene.cli import run
from mene.errors import StoreError
from mene.settings import StoreUrl
from mene.store import open_store
from tests.store.conftest import SERVER, Databases, address_of, run_in
from tests.store.make import NOW, make_reading

HUSH = "hush-hush"


def refusal(address: str, **options: bool) -> str:
    """Return the one line that opening the address gives."""
    with pytest.raises(StoreError) as raised:
        open_store(StoreUrl(address), **options)
    told = str(raised.value)
    assert "\n" not in told
    assert HUSH not in told
    return told


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (f"mysql://ana:{HUSH}@localhost/news", "mysql://ana@localhost/news is an address of a kind that is not known"),
        (f"postgresql://ana:{HUSH}@localhost:port/news", "no address that PostgreSQL understands"),
        (f"postgresql://ana:{HUSH}", "no address that PostgreSQL understands"),
        (f"postgresql://ana:a/{HUSH}@localhost", "no address that PostgreSQL understands"),
        (f"postgresql://ana:{HUSH}?b@localhost/news", "no address that PostgreSQL understands"),
        (f"postgresql://ana:{HUSH}@127.0.0.1:9/news?connect_timeout=x", "does not answer"),
        (f"postgresql://ana:{HUSH}@[::1]:9,127.0.0.1:9/news", "ana@[::1]:9,127.0.0.1:9/news does not answer"),
        (f"postgresql://ana:%zz{HUSH}@localhost/news", "no address that PostgreSQL understands"),
        (f"postgresql://ana:{HUSH}@localhost/news?no_such_option={HUSH}", "no address that PostgreSQL understands"),
        (f"postgresql://ana:a@b/{HUSH}@127.0.0.1:9/news", "postgresql://..."),
        (f"postgresql://ana:{HUSH}@127.0.0.1:9/news", "does not answer"),
        (f"postgresql://ana@127.0.0.1:9/news?password={HUSH}", "ana@127.0.0.1:9/news does not answer"),
    ],
)
def test_address_that_leads_nowhere(address: str, told: str) -> None:
    assert told in refusal(address)


def test_without_psycopg_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "mene.store.postgres", raising=False)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "pip install 'mene[postgres]'" in refusal(f"postgresql://ana:{HUSH}@localhost/news")


def test_database_and_user_that_do_not_exist(databases: Databases) -> None:
    address = databases().secret
    assert "make it with createdb" in refusal(address_of("no_such_database"))
    assert "check the user" in refusal(address.replace("mene@", f"nobody:{HUSH}@"))


def test_schema_of_another_program_is_left_alone(databases: Databases) -> None:
    url = databases()
    run_in(url.secret, "CREATE SCHEMA mene; CREATE TABLE mene.meta (key TEXT, other INTEGER)")
    assert "holds tables of another program" in refusal(url.secret)
    assert run_in(url.secret, "SELECT count(*) FROM pg_tables WHERE schemaname = 'mene'") == [(1,)]


def test_tables_of_another_program_beside_are_no_matter(databases: Databases) -> None:
    url = databases()
    run_in(url.secret, "CREATE TABLE meta (key TEXT, other INTEGER); CREATE SCHEMA mene")
    with open_store(url) as store:
        assert store.add(make_reading(b"page"), b"page", recorded_at=NOW, how="file")
    assert run_in(url.secret, "SELECT count(*) FROM mene.articles") == [(1,)]
    assert run_in(url.secret, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(1,)]


def test_readers_are_free_while_one_writes(databases: Databases) -> None:
    url = databases()
    with open_store(url) as writer, open_store(url, read_only=True) as first, open_store(url, read_only=True) as second:
        writer.add(make_reading(b"page"), b"page", recorded_at=NOW, how="file")
        assert first.article_ids() == second.article_ids() == writer.article_ids()


def test_user_without_rights_is_told_whom_to_ask(databases: Databases) -> None:
    url = databases()
    open_store(url).close()
    run_in(url.secret, "DROP ROLE IF EXISTS mene_guest; CREATE ROLE mene_guest LOGIN")
    assert "grant" in refusal(url.secret.replace("mene@", "mene_guest@"), read_only=True)
    run_in(
        url.secret, "GRANT USAGE ON SCHEMA mene TO mene_guest; GRANT SELECT ON ALL TABLES IN SCHEMA mene TO mene_guest"
    )
    guest = StoreUrl(url.secret.replace("mene@", "mene_guest@"))
    with open_store(guest) as store, pytest.raises(StoreError, match="grant"):
        store.add(make_reading(b"page"), b"page", recorded_at=NOW, how="file")


def test_connection_that_breaks_is_told(databases: Databases) -> None:
    url = databases()
    with open_store(url) as store:
        broken = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'mene, process%'"
        run_in(url.secret, broken)
        with pytest.raises(StoreError, match="ended the connection: run the same command again"):
            store.add(make_reading(b"page"), b"page", recorded_at=NOW, how="file")


def test_order_is_that_of_bytes_whatever_the_server_sorts_by(databases: Databases, tmp_path: Path) -> None:
    run_in(SERVER, "DROP DATABASE IF EXISTS mene_test_icu WITH (FORCE)")
    run_in(SERVER, "CREATE DATABASE mene_test_icu TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en' LOCALE 'C'")
    told = []
    for place in (StoreUrl(address_of("mene_test_icu")), tmp_path / "facts.duckdb"):
        with open_store(place) as store:
            for raw in (b"a", b"B", b"c"):
                store.add(make_reading(raw, url=f"https://{raw.decode()}"), raw, recorded_at=NOW, how="file")
            told.append((store.article_ids(), store._database.rows("SELECT url FROM articles ORDER BY url")))
    run_in(SERVER, "DROP DATABASE mene_test_icu")
    assert told[0] == told[1]


def test_commands_give_the_same_answers(databases: Databases, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for store in ("mene.duckdb", databases().secret):
        assert run(["add", "hama.txt", "--store", store]) == 0
        assert "1 added, 0 already there" in capsys.readouterr().out
        assert run(["ask", "who holds Hama", "--json", "--store", store]) == 0
        told.append(capsys.readouterr().out)
        assert run(["store", "check", "--store", store]) == 0
        capsys.readouterr()
    assert told[0] == told[1]
    assert "Hama" in told[0]
