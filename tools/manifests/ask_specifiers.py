"""Ask Poetry and conda which versions their specifiers admit.

    python tools/manifests/ask_specifiers.py > fixtures/manifests/specifiers.json

Run by a Python that has poetry-core (2.5.0 gave the answers that are kept) and py-rattler (0.28.0),
which reads match specifications as conda does.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from importlib.metadata import version

VERSIONS = (
    *("0.0.2", "0.0.3", "0.0.4", "0.1", "0.2.2", "0.2.3", "0.3", "0.9", "1.0", "1.0.1", "1.1.9"),
    *("1.2", "1.2.1", "1.2.3", "1.2.9", "1.3", "1.9", "1.10", "1.20", "2.0", "2.0.1", "2.1"),
    *(
        "2.7",
        "2.7.18",
        "3.0",
        "3.3.9",
        "3.4",
        "3.5",
        "3.9",
        "3.10",
        "3.10.4",
        "3.11",
        "4.0",
        "12.0",
    ),
)
POETRY = (
    *("*", "1.2", "==1.2", "=1.2", "1.2.3", "1.2.*", "1.*", "1.x", "==1.2.*", "!=1.2.*", "!=1.2"),
    *("^1.2.3", "^1.2", "^1", "^0.2.3", "^0.0.3", "^0.0", "^0", "~1.2.3", "~1.2", "~1", "~0.0.3"),
    *("~=1.2", "~=1.2.3", ">=1.2", ">1.2", "<2", "<=2.0", ">=1,<2", ">=1, <2", ">= 1 <2", ">1 <=2"),
    *(
        "^1.2 || ^2.0",
        "<1.2 || >=1.2",
        "^1 | ^2",
        ">=1.2,<2 || >=3",
        "~2.7 || ^3.5",
        "2.7.* || >=3.4",
    ),
    *("^v1.2", "v1.2", "1.2 || 1.3", "^3.9,<3.11", "!=1.2,!=1.3", "latest", ">=", "1.2.3.4.*"),
    *("^1.2,!=1.3", "^ 1.2", ">=2.7,!=3.0.*,!=3.1.*", "~3", "^3.5 || <2"),
)
CONDA = (
    *("a", "a=1.2", "a==1.2", "a 1.2", "a=1.2.*", "a=1.2*", "a 1.2.*", "a 1.2*", "a=1", "a 1.*"),
    *("a>=1.2", "a>=1.2,<2", "a >=1.2,<2", "a >= 1.2", "a >=1.2, <2", "a>1.2", "a<=1.2", "a<1.2"),
    *(
        "a!=1.2",
        "a!=1.2.*",
        "a~=1.2",
        "a~=1.2.3",
        "a=1.2=py310*",
        "a==1.2=0",
        "a 1.2 py_0",
        "a=1.2=*",
    ),
    *("a>=1.2.*", "a=1.2.3", "a[version='>=1.2,<2']", 'a[version="1.2.*"]', "a[version=1.2]"),
    *("conda-forge::a=1.2", "conda-forge/linux-64::a>=1", "a=*", "a *", "a=1.2|2.0", "a<1.2|>=1.2"),
    *("a>=1,<2|>=2,<3", "a[build=py_0]", "a>=1.2=py_0", "a>=1.2 py_0", "a 1.2 *", "a >=1.2 *"),
    *(
        "a=1.2[build='x*']",
        "a=3.10",
        "a=2",
        "a==3.10.*",
        "a=",
        "=1.2",
        "a=>1",
        "a 1.2,<3",
        "a=1.2,<3",
    ),
)


def _poetry(text: str) -> list[str] | None:
    poetry = import_module("poetry.core.constraints.version")
    try:
        constraint = poetry.parse_constraint(text)
    except ValueError:
        return None
    return [one for one in VERSIONS if constraint.allows(poetry.Version.parse(one))]


def _conda(text: str) -> list[str] | None:
    rattler = import_module("rattler")
    try:
        spec = rattler.MatchSpec(text, strict=False)
    except Exception:
        return None
    if spec.version is None:
        return list(VERSIONS)
    found = rattler.VersionSpec(str(spec.version))
    return [one for one in VERSIONS if found.matches(rattler.Version(one))]


def main() -> None:
    answers = {
        "versions": VERSIONS,
        "asked": {name: version(name) for name in ("poetry-core", "py-rattler")},
        "poetry": {text: _poetry(text) for text in POETRY},
        "conda": {text: _conda(text) for text in CONDA},
    }
    json.dump(answers, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
