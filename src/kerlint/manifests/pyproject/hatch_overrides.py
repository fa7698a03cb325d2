"""`[tool.hatch.envs.ENV.overrides]`: what is installed besides, for a variant or on a platform.

https://hatch.pypa.io/latest/config/environment/advanced/#option-overrides
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.manifests.toml_page import Page
    from kerlint.manifests.toml_places import Path

_FIELDS = ("dependencies", "extra-dependencies")
_PLATFORMS = ("linux", "macos", "windows")
_HARMLESS = frozenset(
    {"scripts", "env-vars", "env-include", "env-exclude", "description", "pre-install-commands"}
)
"""Options that install nothing that pip is told of by name."""


def read(page: Page, path: Path, env: str) -> None:
    """What is added for a value of the matrix or a platform is an installation of its own, on top of
    the environment. What depends on a variable or on the name, or replaces, is not known.
    """
    for source, settings in page.table(path).items():
        for subject, options in settings.items() if isinstance(settings, dict) else ():
            for field in options if isinstance(options, dict) else ():
                where = (*path, source, subject, field)
                if field in _HARMLESS:
                    continue
                if field not in _FIELDS or source not in ("matrix", "platform"):
                    page.unread.append(page.entry(where))
                elif source == "matrix" or subject.lower() in _PLATFORMS:
                    _added(page, where, env, source, subject)


def _added(page: Page, where: Path, env: str, source: str, subject: str) -> None:
    for below, conditions in _entries(page, where):
        if "{" in str(page.get(below)):
            page.unread.append(page.inner(below))
            continue
        for condition in conditions or [""]:
            variant = f"{subject}={condition}" if condition else subject
            origin = f"env {env}, {variant}"
            page.bring(origin, f"env {env}")
            if source == "platform":
                page.platforms[origin] = subject.lower()
            page.pep508(below, origin=origin)


def _entries(page: Page, where: Path) -> Iterator[tuple[Path, list[str]]]:
    """Where each requirement stands, and the values of the matrix that it is for; [] for all."""
    for index, entry in enumerate(page.array(where)):
        if isinstance(entry, str):
            yield (*where, index), []
        elif isinstance(entry, dict) and isinstance(entry.get("value"), str):
            if set(entry) - {"value", "if"}:
                page.unread.append(page.entry((*where, index)))
                continue
            values = entry.get("if", [])
            known = isinstance(values, list) and all(isinstance(one, str) for one in values)
            yield (*where, index, "value"), list(values) if known else []
