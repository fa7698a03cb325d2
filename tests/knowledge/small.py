"""A small inventory of three releases, packed into a folder, for the tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tools.inventory import pack


def module(*flags: str, **more: str) -> dict[str, Any]:
    """A module record; flags: import, attribute, open."""
    return {"kind": "module", **{f: f in flags for f in ("import", "attribute", "open")}, **more}


PLAIN = module("import", "attribute")


def cls(definition: str) -> dict[str, Any]:
    return {"kind": "class", "def": definition}


def parameters(text: str, open_: bool = False) -> dict[str, Any]:
    """`units activation=`: all positional."""
    words = text.split()
    return {
        "parameters": [
            ["kwargs", "var-keyword", False]
            if word == "**"
            else [word.rstrip("="), "positional", not word.endswith("=")]
            for word in words
        ],
        "open": open_,
    }


def layer(members: dict[str, str], bases: tuple[str, ...] = (), open_: bool = False) -> Any:
    return {"bases": list(bases), "members": members, "open": open_}


METHODS = {"call": "method", "build": "method", "name": "property"}

RELEASES: dict[str, dict[str, Any]] = {
    "1.0.0": {
        "names": {
            "keras": PLAIN,
            "keras.layers": PLAIN,
            "keras.layers.core": module("import"),
            "keras.layers.core.Dense": cls("keras.layers.core.Dense"),
            "keras.layers.Dense": cls("keras.layers.core.Dense"),
            "keras.layers.Layer": cls("keras.layers.core.Layer"),
            "keras.gap": PLAIN,
            "keras.gap.early": {"kind": "function", "def": "keras.gap.early"},
        },
        "callables": {
            "keras.layers.core.Dense": parameters("output_dim init="),
            "keras.layers.core.Layer": parameters("**", open_=True),
            "keras.layers.core.Layer.call": parameters("x mask="),
            "keras.gap.early": parameters("a b="),
        },
        "classes": {
            "keras.layers.core.Layer": layer({**METHODS, "old": "method"}),
            "keras.layers.core.Dense": layer(
                {**METHODS, "old": "method", "W": "attribute"}, ("keras.layers.core.Layer",)
            ),
        },
    },
    "2.0.0": {
        "names": {
            "keras": PLAIN,
            "keras.layers": PLAIN,
            "keras.layers.Dense": cls("keras.src.Dense"),
            "keras.layers.Layer": cls("keras.src.Layer"),
            "keras.open": module("import", "attribute", "open"),
            "keras.legacy": {"kind": "constant"},
        },
        "callables": {
            "keras.src.Dense": parameters("units activation= **", open_=False),
            "keras.src.Layer": parameters("**", open_=True),
            "keras.src.Layer.call": parameters("inputs"),
        },
        "classes": {
            "keras.src.Layer": layer(METHODS),
            "keras.src.Dense": layer(
                {**METHODS, "kernel": "attribute"}, ("keras.src.Private", "keras.src.Layer")
            ),
        },
    },
    "3.0.0": {
        "names": {
            "keras": PLAIN,
            "keras.layers": PLAIN,
            "keras.layers.Dense": cls("keras.src.Dense"),
            "keras.layers.Layer": cls("keras.src.Layer"),
            "keras.layers.Wide": cls("keras.src.Wide"),
            "keras.gap": PLAIN,
            "keras.gap.early": {"kind": "function", "def": "keras.gap.early"},
            "keras.gap.late": {"kind": "function", "def": "keras.gap.late"},
            "keras.other": module("attribute", "open", **{"def": "keras.gap"}),
        },
        "callables": {
            "keras.src.Dense": parameters("units activation= rank="),
            "keras.src.Layer.call": parameters("inputs training="),
            "keras.gap.early": parameters("a c="),
            "keras.gap.late": parameters(""),
        },
        "classes": {
            "keras.src.Layer": layer({**METHODS, "__init__": "method"}, open_=True),
            "keras.src.Dense": layer({"build": "method"}, ("keras.src.Layer",)),
            "keras.src.Wide": layer({"build": "method"}, ("keras.src.Dense",)),
        },
    },
}


def write(folder: Path) -> Path:
    """Write the inventories and pack them; the folder with the data files."""
    inventories = folder / "ir"
    inventories.mkdir(parents=True)
    for version, record in RELEASES.items():
        text = json.dumps({"distribution": "keras", "version": version, "method": "run", **record})
        (inventories / f"keras-{version}.json").write_text(text, encoding="utf-8")
    out = folder / "data"
    assert pack.main(["--cache", str(folder), "--out", str(out)]) == 0
    return out
