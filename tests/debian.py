"""A package of Debian that a test needs and a machine lacks: installed with apt-get, and told before."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence


def install(title: str, packages: Sequence[str]) -> None:
    """Install Debian packages, as root or through sudo; leave with one line where that fails.

    `title` is the program's name, for that line.
    """
    named = " ".join(packages)
    tell(f"{title} is not installed: installing Debian's {named} with apt-get ...")
    if not shutil.which("apt-get"):
        sys.exit(f"there is no apt-get here: install {title} and run this again")
    rights = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        if subprocess.run([*rights, "apt-get", "-qq", *words], env=environment, stdout=subprocess.DEVNULL).returncode:
            sys.exit(
                f"apt-get {words[0]} failed: install {named} yourself (apt-get install {named}) and run this again"
            )


def tell(line: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(line + "\n")
