"""The distributions on the path, each with its RECORD compared, and what is left of broken ones."""

from __future__ import annotations

import os
import time

from kerlint.probe.collector.answering import Gaps, names_in, read_text
from kerlint.probe.collector.conda_files import conda_files
from kerlint.probe.collector.metadata import described, normal_name
from kerlint.probe.collector.records import Owners, compared, listed, lying_inside, top_level

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_NAMED = 6
_FIRST = frozenset(("keras", "tensorflow", "tensorflow-cpu", "tf-keras", "jax", "jaxlib", "torch"))


class Installed:
    """What is installed on a path: `all` as `Distribution` has it, `owners`, `leftovers`, and
    `without_list`: the distributions that do not list their files.

    `prefix`  of the environment, for conda's records
    """

    def __init__(self, path: list[str], user_site: str, gaps: Gaps, prefix: str = "") -> None:
        self.all: list[dict[str, Any]] = []
        self.owners = Owners()
        self.leftovers: list[str] = []
        self.without_list: list[dict[str, Any]] = []
        self._winning: dict[str, dict[str, Any]] = {}
        self._gaps = gaps
        self._prefix = prefix
        self._inside: list[tuple[dict[str, Any], list[tuple[str, str]] | None]] = []
        seen_folders: set[str] = set()
        for order, entry in enumerate(path):
            real = os.path.realpath(entry)
            if real in seen_folders:
                continue
            seen_folders.add(real)
            self._look_into(entry, order, bool(user_site) and entry == user_site)

    def named(self, name: str) -> dict[str, Any] | None:
        """The distribution of a normalised name that wins; None where there is none."""
        return self._winning.get(name)

    def compare_files(self, seconds: float) -> None:
        """Hold each RECORD against the disk, those of the frameworks first, and name the
        distributions for which there is none, or no time left."""
        ends = time.monotonic() + seconds
        late, without = [], []
        for one, inside in sorted(self._inside, key=lambda pair: pair[0]["name"] not in _FIRST):
            if inside is None or not one.get("installer"):
                without.append(one["name"])
                continue
            record = compared(one["location"], inside, one["installer"] != "conda", ends)
            if record and record["missing_count"] and one["installer"] == "conda":
                record = self._as_conda_says(one, inside, ends) or record
            if record is None:
                late.append(one["name"])
            else:
                one["record"] = record
        self._name("the files of", without, "no installer left a RECORD of them")
        self._name("the files of", late, f"the disk is slow: {seconds:g} s were not enough")
        if any(one.get("installer") == "conda" for one in self.all):
            self._gaps.add("the sizes of files that conda installed", "it rewrites paths in them")

    def _as_conda_says(
        self, one: dict[str, Any], inside: list[tuple[str, str]], ends: float
    ) -> dict[str, Any] | None:
        """The comparison with those files only that conda's own record lists, too."""
        files = conda_files(self._prefix, one["name"]) if self._prefix else None
        if files is None:
            return None
        start = os.path.relpath(one["location"], self._prefix).replace(os.sep, "/") + "/"
        really = [row for row in inside if start + row[0] in files]
        record = compared(one["location"], really, False, ends)
        return {**record, "by": "conda"} if record else None

    def _name(self, what: str, names: list[str], why: str) -> None:
        if names:
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            self._gaps.add(f"{what} {', '.join(names[:_NAMED])}{more}", why)

    def _look_into(self, entry: str, order: int, user_site: bool) -> None:
        for folder, location in self._metadata_folders(entry):
            try:
                one = described(folder)
            except (OSError, ValueError) as error:
                self._gaps.add(f"the metadata in {folder}", error)
                continue
            if self._is_source_of_editable(one):
                continue
            one["order"], one["user_site"] = order, user_site
            if location:
                one["location"] = one["editable"] = location
            self._read_record(one, folder)
            self.all.append(one)
            self._winning.setdefault(one["name"], one)

    def _is_source_of_editable(self, one: dict[str, Any]) -> bool:
        """Whether it lies in the sources of an editable install, which brings its own metadata:
        what setuptools leaves there when it builds."""
        known = self.named(one["name"])
        source = known.get("editable", "") if known else ""
        return bool(source) and os.path.join(one["location"], "").startswith(
            os.path.join(source, "")
        )

    def _metadata_folders(self, entry: str) -> list[tuple[str, str]]:
        """Each with the place an egg-link points to, or ""."""
        if entry.endswith(".egg") and os.path.isdir(os.path.join(entry, "EGG-INFO")):
            return [(os.path.join(entry, "EGG-INFO"), "")]
        if os.path.isfile(entry):
            if not entry.endswith(".zip"):
                self._gaps.add(f"distributions in {entry}", "it is an archive")
            return []
        try:
            names = os.listdir(entry)
        except FileNotFoundError:
            return []
        except OSError as error:
            self._gaps.add(f"distributions in {entry}", error)
            return []
        found = []
        for name in names:
            full = os.path.join(entry, name)
            if name.startswith("~"):
                self.leftovers.append(full)
            elif name.endswith((".dist-info", ".egg-info")):
                found.append((full, ""))
            elif name.endswith(".egg-link"):
                found.extend(self._linked(full))
        self.leftovers.sort()
        return found

    def _linked(self, link: str) -> list[tuple[str, str]]:
        """The metadata beside the sources that an egg-link points to."""
        try:
            place = read_text(link).split("\n")[0].strip()
        except OSError as error:
            self._gaps.add(f"the editable install {link}", error)
            return []
        wanted = normal_name(os.path.splitext(os.path.basename(link))[0])
        for name in names_in(place):
            if name.endswith(".egg-info") and normal_name(name[: -len(".egg-info")]) == wanted:
                return [(os.path.join(place, name), place)]
        self._gaps.add(f"the editable install {link}", f"no metadata in {place}")
        return []

    def _read_record(self, one: dict[str, Any], folder: str) -> None:
        try:
            rows = listed(folder)
        except (OSError, ValueError) as error:
            self._gaps.add(f"the files of {one['name']}", error)
            rows = None
        inside = None if rows is None else lying_inside(folder, rows)
        if inside is None:
            self.without_list.append(one)
        self._inside.append((one, inside))
        self.owners.add(one["name"], one["location"], inside or [])
        if not one.get("top_level"):
            one["top_level"] = top_level(inside or [])
