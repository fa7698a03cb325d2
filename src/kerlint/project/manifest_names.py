"""Which files of a folder are asked for the versions that its code meets, and in which order.

First what declares: locks, then project files, then lists, then environments of conda. Where none of
them names a library of ours, what commands install counts: images, tox and nox, scripts, CI, and the
README, but only where a version is named.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LOCKS = ("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "Pipfile.lock", "conda-lock.yml")
"""What was chosen for the manifests beside them: it counts before what these ask for."""

FIXED = ("pyproject.toml", "setup.cfg", "setup.py", "Pipfile", "pixi.toml")
"""Manifests with one name only; they count before requirements files."""

OTHERS = ("environment.yml", "environment.yaml")
"""They count after requirements files."""

_JOBS = frozenset(
    {
        *(".gitlab-ci.yml", ".travis.yml", "bitbucket-pipelines.yml", "appveyor.yml"),
        *(".appveyor.yml", "cloudbuild.yaml", "cloudbuild.yml", "Jenkinsfile"),
    }
)
"""Files of services that run a project's jobs."""
_AZURE = ("azure-pipelines", ".azure-pipelines.")

LIMIT = 1 << 24
"""Bytes of a manifest that are looked at."""

_WORDS = (b"keras", b"tensorflow", b"tf-nightly", b"tf_nightly")

_VERSION = (
    rb"(?i)(?:keras|tensorflow|tf-nightly)(?:-[a-z]+)*(?:\[[^\]\n]*\])?[\"']?\s*[=<>~!]=?\s*[\"']?[\d$]"
    rb"|tensorflow/tensorflow:[\d$]"
)
"""A library of ours with a version, in a command; few folders have a file that is asked for it."""


def declaring(folder: str, names: Iterable[str]) -> list[str]:
    """Paths of the manifests in a folder that may name a library, those that count most first.

    `names` are the entries of the folder. Only the first lock is taken.
    """
    present = set(names)
    locks = [os.path.join(folder, name) for name in LOCKS if name in present]
    found = [path for path in locks if _mentions(path)][:1]
    return [*found, *(path for path in _in_order(folder, present) if _mentions(path))]


def _in_order(folder: str, present: set[str]) -> Iterator[str]:
    found = [name for name in FIXED if name in present]
    lists = [name for name in sorted(present) if _is_list(name)]
    # `requirements.txt` before its variants for tests, documentation and the like.
    lists.sort(key=lambda name: name != "requirements.txt")
    found += lists
    if "requirements" in present:
        inner = _entries(os.path.join(folder, "requirements"))
        found += [os.path.join("requirements", name) for name in inner if _is_inner_list(name)]
    found += [name for name in OTHERS if name in present]
    return (os.path.join(folder, name) for name in found)


def _is_list(name: str) -> bool:
    stem, dot, end = name.rpartition(".")
    return f"{dot}{end}" in (".txt", ".in") and (
        stem.startswith("requirements") or stem.endswith(("-requirements", "_requirements"))
    )


def _is_inner_list(name: str) -> bool:
    return name.endswith((".txt", ".in"))


def commanding(folder: str, names: Iterable[str]) -> Iterator[list[str]]:
    """Groups of paths of files whose commands may install a library in a version that they name,
    those that count most first. The files of one group are alternatives.
    """
    present = sorted(names)
    inner = ("docker", ".docker")
    images = [name for name in present if _is_image(name)]
    images += [
        os.path.join(one, name)
        for one in inner
        if one in present
        for name in _entries(os.path.join(folder, one))
        if _is_image(name)
    ]
    yield _with_version(folder, images)
    tests = ("tox.ini", "tox.toml", "noxfile.py")
    yield _with_version(folder, [name for name in tests if name in present])
    scripts = [name for name in present if name == "Makefile" or name.endswith((".sh", ".bash"))]
    yield _with_version(folder, scripts)
    jobs = [name for name in present if name in _JOBS or name.startswith(_AZURE)]
    if ".github" in present:
        where = os.path.join(".github", "workflows")
        entries = _entries(os.path.join(folder, where))
        jobs += [os.path.join(where, one) for one in entries if one.endswith((".yml", ".yaml"))]
    if ".circleci" in present:
        jobs.append(os.path.join(".circleci", "config.yml"))
    yield _with_version(folder, jobs)
    readme = [name for name in present if name.lower() in ("readme.md", "readme.rst")]
    yield _with_version(folder, readme)


def _is_image(name: str) -> bool:
    return name.startswith(("Dockerfile", "Containerfile")) or name.lower().endswith(".dockerfile")


def _with_version(folder: str, names: Sequence[str]) -> list[str]:
    if not names:
        return []
    import re

    paths = (os.path.join(folder, name) for name in names)
    return [path for path in paths if re.search(_VERSION, _data(path))]


def _entries(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def _data(path: str) -> bytes:
    """The first bytes of a file; none of one that cannot be read, or that is no file."""
    try:
        if not os.path.isfile(path):  # a pipe would wait for ever
            return b""
        with open(path, "rb", buffering=0) as stream:
            return stream.read(LIMIT) or b""
    except OSError:
        return b""


def _mentions(path: str) -> bool:
    """Whether the manifest may name Keras or its kin: by its bytes, before anything is parsed."""
    data = _data(path).lower()
    if any(word in data for word in _WORDS):
        return True
    # What it includes may name them; and other encodings than UTF-8 hide the words.
    return path.endswith((".txt", ".in")) and (b"-r" in data or b"\0" in data)
