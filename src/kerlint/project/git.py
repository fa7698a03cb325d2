"""What git tracks, or would track, below a folder."""

from __future__ import annotations

import os
import subprocess

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple

    class Listing(NamedTuple):
        """What is below a folder, relative to it, `/` between the parts of names.

        `names`     files; those that are tracked but deleted are among them
        `nested`    folders that are repositories of their own, submodules included
        `unopened`  what git says of folders that it could not look into
        """

        names: list[str]
        nested: list[str]
        unopened: list[str]

else:
    from collections import namedtuple

    Listing = namedtuple("Listing", "names nested unopened")


LS_FILES = ("ls-files", "-z", "-c", "-o", "-s", "-t", "--exclude-standard")
"""Tracked and untracked files; `-s` marks submodules, `-t` tells the two kinds of line apart."""

SUBMODULE = "160000"


UNOPENED = "could not open directory"
"""What git says of a folder that it may not look into; its other warnings are no concern here."""


class Refused(Exception):
    """Git is not there, or will not list the folder; why, in a few words."""


def listed(folder: str) -> Listing | None:
    """What git tracks, or would track, below a folder.

    None if git ignores the folder as a whole: a folder that is named is searched all the same.
    Raises Refused.
    """
    output, warnings = _git(folder, *LS_FILES)
    names: set[str] = set()
    nested: list[str] = []
    for line in output.split(b"\0"):
        tag, text = line[:1], os.fsdecode(line[2:])
        if tag == b"?":
            if text.endswith("/"):
                nested.append(text[:-1])
            else:
                names.add(text)
        elif tag:
            stage, _, name = text.partition("\t")
            if stage.startswith(SUBMODULE):
                nested.append(name)
            else:
                names.add(name)
    if not names and not nested and _ignored(folder):
        return None
    return Listing(list(names), nested, [one for one in warnings if UNOPENED in one])


def _ignored(folder: str) -> bool:
    try:
        _git(folder, "check-ignore", "-q", ".")
    except Refused:
        return False
    return True


def _git(folder: str, *arguments: str) -> tuple[bytes, list[str]]:
    """Standard output and the lines of standard error. Raises Refused."""
    environment = {
        name: value
        for name, value in os.environ.items()
        # Inside a git hook these point at the repository of the hook, whatever the folder is.
        if name not in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
    }
    environment["LC_ALL"] = "C"
    try:
        # `core.fsmonitor` could name a program: do not let the repository run one.
        done = subprocess.run(
            ["git", "-C", folder, "-c", "core.fsmonitor=false", *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise Refused(f"git cannot be run: {error.strerror}") from None
    said = os.fsdecode(done.stderr).splitlines()
    if done.returncode:
        raise Refused(f"git says: {said[0]}" if said else "git will not say why")
    return done.stdout, said
