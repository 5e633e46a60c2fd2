"""A private PostgreSQL server for tests and measurements: started in a temporary folder, gone afterwards.

    python -m tests.postgres_cluster COMMAND ...

runs the command with MENE_TEST_POSTGRES set to the server's address, and returns its exit code. Where PostgreSQL is
absent Debian's package is installed. The server listens on a socket in its folder only; as root it runs as the user
`postgres`, since it refuses to run as root.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import debian

DEBIAN = Path("/usr/lib/postgresql")
PACKAGE = "postgresql"


def find_programs() -> Path | None:
    """Return the folder with initdb and pg_ctl, the newest where there are several; None where there is none."""
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found and shutil.which("pg_ctl") else None


def install() -> Path:
    """Install Debian's PostgreSQL and return the folder of its programs; leave with one line where that fails."""
    debian.install("PostgreSQL", [PACKAGE])
    return find_programs() or Path()


@contextmanager
def cluster() -> Iterator[str]:
    """Start a server and give the address of its first database; stop and remove it at the end."""
    programs = find_programs() or install()
    with tempfile.TemporaryDirectory(prefix="mene-pg-") as name:
        folder, data = Path(name), Path(name) / "data"
        user = other_user(folder)
        quiet: dict[str, Any] = {"check": True, "cwd": name, "stdout": subprocess.DEVNULL, **user}
        login = ["--username=mene", "--auth=trust", "--encoding=UTF8", "--locale=C"]
        subprocess.run([programs / "initdb", f"--pgdata={data}", *login], **quiet)
        server = ["-D", str(data), "-l", str(folder / "log"), "--wait"]
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}'"
        subprocess.run([programs / "pg_ctl", *server, "-o", options, "start"], **quiet)
        try:
            yield f"postgresql://mene@/postgres?host={folder}"
        finally:
            subprocess.run([programs / "pg_ctl", *server, "--mode=immediate", "stop"], **quiet)


def other_user(folder: Path) -> dict[str, Any]:
    """Return whom the server is to run as: ourselves, or `postgres`, who then owns the folder, where we are root."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam("postgres")
    os.chown(folder, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def main(command: Sequence[str]) -> int:
    """Return the exit code of a command that is run beside the server."""
    with cluster() as address:
        debian.tell(f"PostgreSQL is running: {address}")
        return subprocess.run(command, env={**os.environ, "MENE_TEST_POSTGRES": address}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
