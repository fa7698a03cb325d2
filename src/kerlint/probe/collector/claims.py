"""Whose a module is: what RECORD does not say, others may.

Debian and conda leave RECORD out, an editable install lists only its hook. A module that one of
them brought must not pass for one that nobody installed.
"""

from __future__ import annotations

import os

from kerlint.probe.collector.answering import names_in, read_text
from kerlint.probe.collector.distributions import Installed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_LONGEST_RECORD_OF_CONDA = 50_000_000


class Claims:
    """Answers who brought a file. `prefix`: of the environment, for conda's records."""

    def __init__(self, installed: Installed, prefix: str) -> None:
        self._installed = installed
        self._prefix = prefix

    def owner(self, module: str, file: str) -> str:
        """The distribution that brought the file of a module; "" where nobody says so."""
        listed = self._installed.owners.of(file)
        if listed:
            return listed
        for one in self._installed.all:
            if _is_editable_of(one, file):
                return str(one["name"])
        for one in self._installed.without_list:
            if _is_named_by(one, module, file):
                return str(one["name"])
        return self._in_conda(file)

    def _in_conda(self, file: str) -> str:
        """The conda package whose record lists the file, relative to the prefix."""
        folder = os.path.join(self._prefix, "conda-meta")
        if not file.startswith(self._prefix + os.sep):
            return ""
        wanted = '"' + os.path.relpath(file, self._prefix).replace(os.sep, "/") + '"'
        for name in names_in(folder):
            if name.endswith(".json"):
                try:
                    text = read_text(os.path.join(folder, name), _LONGEST_RECORD_OF_CONDA)
                except OSError:
                    continue
                if wanted in text:
                    return name[: -len(".json")].rsplit("-", 2)[0]
        return ""


def _is_editable_of(one: dict[str, Any], file: str) -> bool:
    place = one.get("editable", "")
    return bool(place) and file.startswith(place.rstrip(os.sep) + os.sep)


def _is_named_by(one: dict[str, Any], module: str, file: str) -> bool:
    """Whether a distribution that does not list its files says that it brings this module."""
    if not file.startswith(one["location"] + os.sep):
        return False
    first, _, last = module.rpartition(".")
    names = one.get("top_level") or []
    if names:
        return module.partition(".")[0] in names and (not first or last in str(one["name"]))
    return str(one["name"]) in (module.replace("_", "-"), last)
