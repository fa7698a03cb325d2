"""What the installed frameworks were built for, read from their files without an import."""

from __future__ import annotations

import ast
import os
import re

from kerlint.probe.collector.answering import Gaps, read_text
from kerlint.probe.collector.distributions import Installed
from kerlint.probe.collector.modules import Finder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PLUGIN = re.compile(r"jax-(?:cuda(\d+)|rocm(\d+))-plugin")


def builds(finder: Finder, installed: Installed, gaps: Gaps) -> list[dict[str, Any]]:
    """`Build` for TensorFlow, torch and JAX, as far as they are installed."""
    found = [
        gaps.around("what TensorFlow was built for", lambda: _tensorflow(finder, installed), None),
        gaps.around("what torch was built for", lambda: _torch(finder), None),
        gaps.around("what JAX was built for", lambda: _jax(installed), None),
    ]
    return [one for one in found if one]


def assigned(text: str) -> dict[str, Any]:
    """The names that a module sets to literals; `OrderedDict([...])` counts as a dict."""
    values: dict[str, Any] = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target, value = node.targets[0], node.value
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            target, value = node.target, node.value
        else:
            continue
        if isinstance(value, ast.Call) and len(value.args) == 1:
            made = getattr(value.func, "attr", "") or getattr(value.func, "id", "")
            value = value.args[0] if made == "OrderedDict" else value
        if isinstance(target, ast.Name):
            try:
                values[target.id] = ast.literal_eval(value)
            except (ValueError, TypeError):
                continue
    return values


def _folder_of(finder: Finder, name: str) -> str:
    places = finder.places(name)
    if not places:
        return ""
    kind, place = places[0]
    return os.path.dirname(place) if kind == "package" else place


def _tensorflow(finder: Finder, installed: Installed) -> dict[str, Any] | None:
    """TensorFlow writes what it was built with to `python/platform/build_info.py`."""
    folder = _folder_of(finder, "tensorflow")
    file = os.path.join(folder, "python", "platform", "build_info.py")
    if not folder or not os.path.isfile(file):
        return None
    said = assigned(read_text(file))
    info = dict(said.get("build_info") or {})
    for name in ("is_cuda_build", "is_rocm_build"):
        info.setdefault(name, said.get(name))
    owner = installed.named(installed.owners.of(file)) or {}
    wanted = info.get("cuda_compute_capabilities") or []
    cuda = bool(info.get("is_cuda_build"))
    rocm = bool(info.get("is_rocm_build"))
    return {
        "package": "tensorflow",
        "version": owner.get("version", ""),
        "file": file,
        "gpu": None if info.get("is_cuda_build") is None else cuda or rocm,
        "cuda": str(info.get("cuda_version") or "") if cuda else "",
        "cudnn": str(info.get("cudnn_version") or "") if cuda else "",
        "rocm": str(info.get("rocm_version") or "") if rocm else "",
        "capabilities": [str(one) for one in wanted],
    }


def _torch(finder: Finder) -> dict[str, Any] | None:
    """torch writes the versions of CUDA and HIP to `version.py`; None: a build without."""
    folder = _folder_of(finder, "torch")
    file = os.path.join(folder, "version.py")
    if not folder or not os.path.isfile(file):
        return None
    said = assigned(read_text(file))
    cuda, rocm = said.get("cuda"), said.get("hip") or said.get("rocm")
    return {
        "package": "torch",
        "version": str(said.get("__version__", "")),
        "file": file,
        "gpu": bool(cuda or rocm) if "cuda" in said else None,
        "cuda": str(cuda or ""),
        "rocm": str(rocm or ""),
    }


def _jax(installed: Installed) -> dict[str, Any] | None:
    """jaxlib runs on the CPU; a plugin, a distribution of its own, brings CUDA or ROCm."""
    jax = installed.named("jax")
    if not jax:
        return None
    build = {"package": "jax", "version": jax["version"], "file": jax["metadata"], "gpu": False}
    for one in installed.all:
        plugin = _PLUGIN.fullmatch(one["name"])
        if plugin:
            build.update(gpu=True, file=one["metadata"])
            build["cuda"], build["rocm"] = plugin[1] or "", plugin[2] or ""
    return build
