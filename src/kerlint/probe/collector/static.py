"""Everything that is read from files, as one dictionary in the shape of `Observations`."""

from __future__ import annotations

import os
import sys

from kerlint.probe.collector.answering import Gaps, read_text, write_answer
from kerlint.probe.collector.builds import builds
from kerlint.probe.collector.claims import Claims
from kerlint.probe.collector.distributions import Installed
from kerlint.probe.collector.gpu_files import (
    closed_nodes,
    device_libraries,
    device_nodes,
    kernel_driver,
    pci_devices,
    programs,
    toolkit,
    xla_folders,
)
from kerlint.probe.collector.gpu_libraries import libraries, wheel_folders
from kerlint.probe.collector.interpreter import interpreter, virtual_prefix
from kerlint.probe.collector.keras_config import keras_config
from kerlint.probe.collector.modules import Finder, modules_found
from kerlint.probe.collector.paths import (
    derived_path,
    path_entries,
    python_path_of,
    site_folders,
    standard_path,
)
from kerlint.probe.collector.pth import pth_code, pth_faults
from kerlint.probe.collector.shadows import shadows
from kerlint.probe.collector.surroundings import (
    allowed_variables,
    conda_packages,
    container,
    site_facts,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_COMPARING = 12.0
"""Seconds for holding files against RECORD; of a local disk a fiftieth is enough."""


def static(folder: str, started: dict[str, Any]) -> dict[str, Any]:
    """All observations without a start or a call.

    `folder`   the project's, "" for none
    `started`  what an ordinary start said (`startup`), else an isolated one, else {}
    """
    gaps = Gaps()
    environment = dict(os.environ)
    virtual, settings = virtual_prefix(sys.executable or "")
    prefix = started.get("prefix") or virtual or sys.prefix
    base_prefix = started.get("base_prefix") or sys.base_prefix
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    standard = standard_path()
    said_sites = _strings(started.get("site_packages"))
    sites = [one for one in said_sites if os.path.isdir(one)] or site_folders(prefix, version)
    python_path = python_path_of(environment, folder)
    path = _strings(started.get("path"))
    if not started:
        if settings.get("include-system-site-packages", "").lower() == "true":
            sites = sites + site_folders(base_prefix, version)
        path = python_path + derived_path(standard, sites)
        gaps.add("the path of an ordinary start", "no such start ended well: it was derived")
    user_site = str(started.get("user_site") or "")
    user_folders = [user_site] if user_site in path else []
    installed = Installed(path, user_site, gaps, prefix)
    finder = Finder(path)
    behind = Finder([one for one in path if one not in python_path])
    installed.compare_files(_COMPARING)
    imported = frozenset(_strings(started.get("modules")))
    script_folder = "" if started.get("safe_path") else folder
    site = site_facts(started, settings, prefix, base_prefix, standard, sites, path)
    if not started or started.get("isolated"):
        site["pth_code"] = pth_code(sites + user_folders)
    return {
        "folder": folder,
        "interpreter": interpreter(prefix, base_prefix),
        "path": path_entries(path, standard, sites, user_site, python_path),
        "site": site,
        "pth": gaps.around(".pth files", lambda: pth_faults(sites + user_folders), []),
        "environment": allowed_variables(environment),
        "distributions": installed.all,
        "overlaps": installed.owners.overlaps(),
        "leftovers": installed.leftovers,
        "modules": modules_found(finder, Claims(installed, prefix)),
        "shadows": gaps.around(
            "shadowing",
            lambda: shadows(script_folder, python_path, behind, installed.all, imported),
            [],
        ),
        "keras_config": gaps.around(
            "keras.json", lambda: keras_config(environment, folder, gaps), {}
        ),
        "builds": builds(finder, installed, gaps),
        "gpu": gaps.around(
            "the GPU stack's files", lambda: _gpu(path, prefix, installed, gaps), {}
        ),
        "container": container(environment),
        "conda": conda_packages(prefix, gaps),
        "not_checked": gaps.all,
    }


def _gpu(path: list[str], prefix: str, installed: Installed, gaps: Gaps) -> dict[str, Any]:
    environment = dict(os.environ)
    home = toolkit(environment)
    places = [*xla_folders(environment), *wheel_folders(path), *([home] if home else [])]
    nodes = device_nodes()
    listed = environment.get("LD_LIBRARY_PATH", "")
    return {
        "kernel_version": kernel_driver(),
        "pci_devices": pci_devices(),
        "device_nodes": nodes,
        "closed_nodes": closed_nodes(nodes),
        "libraries": libraries(path, prefix, home, environment, installed, gaps),
        "ld_library_path": [one for one in listed.split(os.pathsep) if one],
        "ptxas": programs("ptxas", places, environment),
        "libdevice": device_libraries(places),
        "nvcc": (programs("nvcc", places, environment) or [""])[0],
        "cuda_home": home,
    }


def _strings(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def static_main(words: list[str]) -> int:
    """`words`: the file for the answer, the nonce, the folder, the file with the start's facts."""
    import json

    answer, nonce, folder, started = words
    facts = json.loads(read_text(started, 50_000_000)) if started else {}
    write_answer(answer, nonce, static(folder, facts if isinstance(facts, dict) else {}))
    return 0
