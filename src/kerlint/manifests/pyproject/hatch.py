"""`[tool.hatch.envs]`: environments with their own requirements.

https://hatch.pypa.io/latest/config/environment/overview/
"""

from __future__ import annotations

import re

from kerlint.manifests.model import Requirement
from kerlint.manifests.pep508 import normal
from kerlint.manifests.pyproject import hatch_overrides
from kerlint.manifests.secrets import masked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.manifests.toml_page import Page
    from kerlint.manifests.toml_places import Path

_ENVS = ("tool", "hatch", "envs")
_NAME = re.compile(r"\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)")
_PLATFORMS = ("linux", "macos", "windows")


def read(page: Page) -> None:
    """What each environment installs; they inherit from their template, `default` if none."""
    for env in page.table(_ENVS):
        if page.table((*_ENVS, env)):
            _environment(page, env)


def _environment(page: Page, env: str) -> None:
    origin = f"env {env}"
    for field in ("dependencies", "extra-dependencies"):
        for path, text in page.strings(_option(page, env, field)):
            if "{" in text:
                _unknown(page, path, text, origin)
            else:
                page.pep508(path, origin=origin)
    if not (_true(page, env, "skip-install") or _true(page, env, "detached")):
        page.bring(origin, "")
    for _, extra in page.strings(_option(page, env, "features")):
        page.bring(origin, f"extra {normal(extra)}")
    for _, group in page.strings(_option(page, env, "dependency-groups")):
        page.bring(origin, f"group {normal(group)}")
    platforms = [text for _, text in page.strings(_option(page, env, "platforms"))]
    if len(platforms) == 1 and platforms[0].lower() in _PLATFORMS:
        page.platforms[origin] = platforms[0].lower()
    if not _matrix(page, env):
        python = _option(page, env, "python")
        if isinstance(page.get(python), str):
            _python(page, python, origin)
    if page.get((*_ENVS, env, "overrides")) is not None:
        hatch_overrides.read(page, (*_ENVS, env, "overrides"), env)


def _matrix(page: Page, env: str) -> bool:
    """An environment for each Python of the matrix, named as hatch names it; whether it has any."""
    found = False
    matrix = (*_ENVS, env, "matrix")
    for index in range(len(page.array(matrix))):
        for key in ("python", "py"):
            for path, text in page.strings((*matrix, index, key)):
                variant = f"env {env}.{text if text.startswith('py') else f'py{text}'}"
                page.bring(variant, f"env {env}")
                _python(page, path, variant)
                found = True
    return found


def _python(page: Page, path: Path, origin: str) -> None:
    """`3.11` or `cpython3.11` is said of a Python; anything else is a name of an interpreter."""
    found = re.fullmatch(r"(?:python|cpython|cp|py)?(\d\.\d+)", page.get(path))
    if found:
        page.python(path, f"=={found[1]}.*", origin)


def _unknown(page: Page, path: Path, text: str, origin: str) -> None:
    """`keras=={matrix:keras}` and `mine @ {root:uri}/libs`."""
    name = _NAME.match(text)
    page.add(
        Requirement(
            normal(name[1]) if name else "",
            "",
            text=masked(" ".join(text.split())),
            path=page.path,
            span=page.inner(path),
            origin=origin,
            known=False,
            source="path" if "@" in text else "index",
        )
    )


def _option(page: Page, env: str, key: str) -> Path:
    """Where an option of an environment is written, by itself or by one that it inherits from."""
    for one in _family(page, env):
        if page.get((*_ENVS, one, key)) is not None:
            return (*_ENVS, one, key)
    return (*_ENVS, env, key)


def _true(page: Page, env: str, key: str) -> bool:
    return page.get(_option(page, env, key)) is True


def _family(page: Page, env: str) -> Iterator[str]:
    """The environment itself and its templates, nearest first."""
    seen: set[str] = set()
    while env not in seen:
        yield env
        seen.add(env)
        if page.get((*_ENVS, env, "detached")) is True or env.startswith("hatch-"):
            return
        template = page.get((*_ENVS, env, "template"))
        env = template if isinstance(template, str) else "default"
