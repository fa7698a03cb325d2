"""Write `pairs.tsv`: what TensorFlow's and tf-keras' releases ask of keras and tensorflow.

    python -m tools.inventory.pairs

Reads the METADATA of one Linux wheel of every release, through pip's own index settings: a few
range requests per wheel, the wheels themselves are not fetched.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement

from .packing.pairing import PAIRS
from .releases import Index, choose, final_versions

ASKED = {"tensorflow": ("keras",), "tf-keras": ("tensorflow",)}
"""Distribution: the requirements that matter."""


def main() -> int:
    index = Index()
    lines = ["# distribution, release, what its METADATA asks, specifier"]
    for distribution, wanted in ASKED.items():
        files = index.files(distribution)
        for version in final_versions(files):
            file = choose(files, version)
            if file is None or not file.is_wheel:
                continue
            for name, specifier in requirements(index, file.link):
                if name in wanted and specifier:
                    lines.append(f"{distribution}\t{version}\t{name}\t{specifier}")
    PAIRS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{PAIRS.name}: {len(lines) - 1} lines")
    return 0


def requirements(index: Index, link: Any) -> Iterator[tuple[str, str]]:
    """Name and specifier of every unconditional requirement of a wheel."""
    lazy_wheel = importlib.import_module("pip._internal.network.lazy_wheel")
    name = link.filename.split("-")[0]
    wheel = lazy_wheel.dist_from_wheel_url(name, link.url, index.session)
    for text in wheel.metadata.get_all("Requires-Dist") or ():
        try:
            requirement = Requirement(text)
        except InvalidRequirement:
            continue
        if requirement.marker is None or "extra" not in str(requirement.marker):
            yield requirement.name.lower().replace("_", "-"), str(requirement.specifier)


if __name__ == "__main__":
    sys.exit(main())
