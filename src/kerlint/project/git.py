"""What git tracks, or would track, below a folder."""

from __future__ import annotations

import os
import subprocess

LS_FILES = ("ls-files", "-z", "-c", "-o", "-s", "-t", "--exclude-standard")
"""Tracked and untracked files; `-s` marks submodules, `-t` tells the two kinds of line apart."""

SUBMODULE = "160000"


def listed(folder: str, errors: list[str]) -> tuple[list[str], list[str]] | None:
    """Names of files, and of nested repositories; relative to `folder`, `/` between their parts.

    None if git is not there, refuses, or ignores the folder as a whole: a folder that is named
    is searched all the same. Files that are tracked but deleted are in the list.
    """
    answer = _git(folder, *LS_FILES)
    if answer is None:
        return None
    output, warnings = answer
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
    errors.extend(f"{folder}: git says: {warning}" for warning in warnings)
    return list(names), nested


def _ignored(folder: str) -> bool:
    return _git(folder, "check-ignore", "-q", ".") is not None


def _git(folder: str, *arguments: str) -> tuple[bytes, list[str]] | None:
    """Standard output and the lines of standard error; None if git cannot or will not."""
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
    except OSError:
        return None
    if done.returncode:
        return None
    return done.stdout, os.fsdecode(done.stderr).splitlines()
