"""What is around the interpreter: variables, container, conda, the site's facts."""

from __future__ import annotations

import os
import re

from kerlint.probe.collector.answering import Gaps, names_in, read_text
from kerlint.probe.collector.keepers import keeper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Mapping

_ALLOWED = (
    "KERAS_",
    "TF_",
    "XLA_",
    "JAX_",
    "CUDA_",
    "NVIDIA_",
    "PYTHON",
    "CONDA_",
    "OMP_",
    "MKL_",
)
_ALLOWED_NAMES = (
    *("LD_LIBRARY_PATH", "VIRTUAL_ENV"),
    *("SLURM_JOB_ID", "SLURM_JOB_GPUS", "SLURM_STEP_GPUS", "SLURM_GPUS_ON_NODE"),
)
_TERRAFORM = ("TF_VAR_", "TF_CLI_")
"""Of another program with the same letters, and full of its users' secrets."""
_SECRET = re.compile(r"TOK|SECRET|PASS|PWD|KEY|CREDENTIAL|AUTH|_PAT\b", re.I)
_LONGEST_VALUE = 20_000
_CHANNEL = re.compile(r'"channel"\s*:\s*"([^"]*)"')
_CGROUP = (("kubepods", "kubernetes"), ("docker", "docker"), ("libpod", "podman"))


def allowed_variables(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that may be kept: by their names, and never one that may hold a secret."""
    return {
        name: value[:_LONGEST_VALUE]
        for name, value in sorted(environment.items())
        if (name.startswith(_ALLOWED) or name in _ALLOWED_NAMES)
        and not name.startswith(_TERRAFORM)
        and not _SECRET.search(name)
    }


def container(environment: Mapping[str, str], root: str = "") -> dict[str, Any]:
    """`Container`: the first kind that shows, and all that shows it. `root`: of the file system."""
    kinds: list[tuple[str, str]] = []
    if "KUBERNETES_SERVICE_HOST" in environment:
        kinds.append(("kubernetes", "KUBERNETES_SERVICE_HOST"))
    for name in ("APPTAINER_NAME", "SINGULARITY_NAME"):
        if name in environment:
            kinds.append(("singularity", name))
    if os.path.isdir(root + "/.singularity.d"):
        kinds.append(("singularity", "/.singularity.d"))
    if os.path.exists(root + "/run/.containerenv"):
        kinds.append(("podman", "/run/.containerenv"))
    if os.path.exists(root + "/.dockerenv"):
        kinds.append(("docker", "/.dockerenv"))
    for file in ("/proc/1/cgroup", "/proc/self/cgroup"):
        text = _start_of(root + file)
        kinds.extend((kind, file) for word, kind in _CGROUP if word in text)
    if "microsoft" in _start_of(root + "/proc/version").lower():
        kinds.append(("wsl", "/proc/version"))
    return {"kind": kinds[0][0] if kinds else "", "evidence": [where for _, where in kinds]}


def conda_packages(prefix: str, gaps: Gaps) -> list[dict[str, str]]:
    """What conda's own records say is installed; their files are `NAME-VERSION-BUILD.json`."""
    folder = os.path.join(prefix, "conda-meta")
    found = []
    for file in names_in(folder):
        parts = file[: -len(".json")].rsplit("-", 2)
        if not file.endswith(".json") or len(parts) != 3:
            continue
        try:
            channel = _CHANNEL.search(read_text(os.path.join(folder, file), 4000))
        except OSError as error:
            gaps.add(f"conda's record {file}", error)
            continue
        name, version, build = parts
        said = channel[1] if channel else ""
        found.append({"name": name, "version": version, "build": build, "channel": said})
    return found


def site_facts(
    started: dict[str, Any],
    settings: dict[str, str],
    prefix: str,
    base_prefix: str,
    standard: list[str],
    sites: list[str],
    path: list[str],
) -> dict[str, Any]:
    """`Site`. `started`: what an ordinary start said, {} where none did; `settings`: pyvenv.cfg.

    Where no start answered, the files that every start runs are looked for on `path`.
    """
    virtual = prefix != base_prefix
    managed = ""
    if not virtual:
        files = [os.path.join(folder, "EXTERNALLY-MANAGED") for folder in standard]
        managed = next((file for file in files if os.path.isfile(file)), "")
    system = settings.get("include-system-site-packages", "").lower() == "true"
    conda = next(
        (one for one in (prefix, base_prefix) if os.path.isdir(os.path.join(one, "conda-meta"))), ""
    )
    enabled = started.get("user_site_enabled")
    return {
        "site_packages": sites,
        "user_site": str(started.get("user_site") or ""),
        "user_site_enabled": enabled if isinstance(enabled, bool) else None,
        "system_site_packages": system if virtual else None,
        "sitecustomize": started.get("sitecustomize", "")
        if started
        else _on("sitecustomize", path),
        "usercustomize": started.get("usercustomize", "")
        if started
        else _on("usercustomize", path),
        "externally_managed": managed,
        "virtual_environment": virtual,
        "conda_prefix": conda,
        "writable": os.access(sites[0], os.W_OK) if sites else None,
        "pipenv_project": pipenv_project(prefix) if virtual else "",
        "keeper": keeper(prefix, conda),
    }


def pipenv_project(prefix: str) -> str:
    """The project that a virtual environment of Pipenv is for, as its file `.project` says; "" for
    none. virtualenvwrapper writes such a file, too: there is no Pipfile then."""
    try:
        folder = read_text(os.path.join(prefix, ".project"), 10_000).strip()
    except OSError:
        return ""
    return folder if os.path.isfile(os.path.join(folder, "Pipfile")) else ""


def _on(module: str, path: list[str]) -> str:
    """The file of a module that lies on the path; "" for none."""
    files = (os.path.join(entry, module) for entry in path)
    places = (one for file in files for one in (os.path.join(file, "__init__.py"), file + ".py"))
    return next((one for one in places if os.path.isfile(one)), "")


def _start_of(file: str) -> str:
    try:
        return read_text(file, 10_000)
    except OSError:
        return ""
