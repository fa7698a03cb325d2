"""Short ways to write down what the probe may see."""

from __future__ import annotations

from typing import Any

from kerlint.probe.asked import Asked, Pinned, Wish
from kerlint.probe.observations import Distribution, Interpreter, Observations, Record, Site
from kerlint.probe.ownership import owner_of
from kerlint.probe.trial_observations import Trial

SITE = "/env/lib/python3.11/site-packages"
MARKERS = {
    "implementation_name": "cpython",
    "implementation_version": "3.11.7",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_release": "6.1.0",
    "platform_system": "Linux",
    "platform_version": "#1 SMP",
    "python_full_version": "3.11.7",
    "python_version": "3.11",
    "sys_platform": "linux",
}

TENSORFLOW_2_21 = (
    "keras>=3.12.0",
    "numpy>=1.26.0",
    "protobuf<8.0.0,>=6.31.1",
    "h5py<3.15.0,>=3.11.0",
    'nvidia-cudnn-cu12<10.0,>=9.3.0.75; extra == "and-cuda"',
)
TENSORFLOW_2_15 = (
    "keras (<2.16,>=2.15.0)",
    "numpy (<2.0.0,>=1.23.5)",
    "protobuf (!=4.21.0,!=4.21.1,<5.0.0dev,>=3.20.3)",
    'tensorflow-intel (==2.15.1) ; platform_system == "Windows"',
)


def dist(name: str, version: str, *requires: str, **more: Any) -> Distribution:
    """An installed distribution."""
    folder = f"{SITE}/{name.replace('-', '_')}-{version}.dist-info"
    given: dict[str, Any] = {
        "metadata": folder,
        "location": SITE,
        "installer": "pip",
        "requires": list(requires),
        "top_level": [name.replace("-", "_")],
        "record": Record(present=True, checked=10),
    }
    return Distribution(name, version, **{**given, **more})


def seen(*distributions: Distribution, **more: Any) -> Observations:
    """An environment of Python 3.11 with these distributions."""
    given: dict[str, Any] = {
        "interpreter": Interpreter(
            executable="/env/bin/python",
            implementation="cpython",
            version="3.11.7",
            prefix="/env",
            base_prefix="/usr",
            system="Linux",
            machine="x86_64",
            markers=MARKERS,
        ),
        "site": Site(site_packages=[SITE], virtual_environment=True),
        "distributions": [dist("pip", "24.0"), *distributions],
    }
    return Observations(**{**given, **more})


def asked(of: Observations, **more: Any) -> Asked:
    """Wishes: `gpu`, `backends`, `packages` as texts, `pins` as `keras>=3`."""
    wishes = {
        key: [Wish(one, "--test") for one in more.get(key, ())]
        for key in ("gpu", "backends", "packages")
    }
    return Asked(owner_of(of), pins=more.get("pins", ()), **wishes)


def pin(name: str, specifier: str, kind: str = "manifest", *extras: str) -> Pinned:
    """A line of a manifest, or of a lock."""
    path = "requirements.txt" if kind == "manifest" else "uv.lock"
    return Pinned(name, specifier, extras, kind, path, 3, 1, f"{name}{specifier}")


def failed(subject: str, error: str, backend: str = "", traceback: str = "") -> Trial:
    """A framework that raised at import."""
    return Trial(
        subject=subject,
        backend=backend,
        ended="failed",
        returncode=1,
        error=error,
        traceback=traceback,
        last_step="found",
    )
