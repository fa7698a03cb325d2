"""The distributions on the path, each with its RECORD compared, and what is left of broken ones."""

from __future__ import annotations

import os

from kerlint.probe.collector.answering import Gaps, names_in, read_text
from kerlint.probe.collector.metadata import described, normal_name
from kerlint.probe.collector.records import Owners, compared, listed, top_level

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_NAMED = 6


class Installed:
    """What is installed on a path: `all` as `Distribution` has it, `owners`, `leftovers`."""

    def __init__(self, path: list[str], user_site: str, gaps: Gaps) -> None:
        self.all: list[dict[str, Any]] = []
        self.owners = Owners()
        self.leftovers: list[str] = []
        self._gaps = gaps
        seen_folders: set[str] = set()
        for order, entry in enumerate(path):
            real = os.path.realpath(entry)
            if real in seen_folders:
                continue
            seen_folders.add(real)
            self._look_into(entry, order, bool(user_site) and entry == user_site)

    def named(self, name: str) -> dict[str, Any] | None:
        """The distribution of a normalised name that wins; None where there is none."""
        return next((one for one in self.all if one["name"] == name), None)

    def say_what_was_not_compared(self) -> None:
        """Name the distributions whose files could not be held against a RECORD."""
        without = [one["name"] for one in self.all if "record" not in one and not one["problem"]]
        if without:
            named = ", ".join(without[:_NAMED])
            more = f" and {len(without) - _NAMED} more" if len(without) > _NAMED else ""
            self._gaps.add(f"the files of {named}{more}", "no installer left a RECORD of them")
        if any(one.get("installer") == "conda" for one in self.all):
            self._gaps.add("the sizes of files that conda installed", "it rewrites paths in them")

    def _look_into(self, entry: str, order: int, user_site: bool) -> None:
        for folder, location in self._metadata_folders(entry):
            try:
                one = described(folder)
            except (OSError, ValueError) as error:
                self._gaps.add(f"the metadata in {folder}", error)
                continue
            one["order"], one["user_site"] = order, user_site
            if location:
                one["location"] = one["editable"] = location
            self._compare(one, folder)
            self.all.append(one)

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

    def _compare(self, one: dict[str, Any], folder: str) -> None:
        try:
            rows = listed(folder)
        except (OSError, ValueError) as error:
            self._gaps.add(f"the files of {one['name']}", error)
            rows = None
        inside: list[str] = []
        if rows is not None:
            sizes = one.get("installer") != "conda"
            record, inside = compared(one["location"], folder, rows, sizes)
            if one.get("installer"):
                one["record"] = record
        self.owners.add(one["name"], one["location"], inside)
        if not one.get("top_level"):
            one["top_level"] = top_level(inside)
