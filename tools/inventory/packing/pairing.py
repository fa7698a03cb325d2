"""Which releases of keras, tensorflow and tf-keras go together, from the wheels' METADATA."""

from __future__ import annotations

from pathlib import Path

from packaging.specifiers import SpecifierSet
from packaging.version import Version

PAIRS = Path(__file__).parent.parent / "pairs.tsv"
"""Written by `python -m tools.inventory.pairs`: distribution, version, what it asks, specifier."""


def read_pairs(file: Path = PAIRS) -> dict[tuple[str, str, str], str]:
    """(distribution, version, what it asks): the specifier."""
    result = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            distribution, version, other, specifier = line.split("\t")
            result[distribution, version, other] = specifier
    return result


def releases_text(releases: dict[str, list[str]]) -> str:
    """The text of `releases.txt`, see `kerlint.knowledge.releases`."""
    pairs = read_pairs()
    lines = [" ".join(["axis", name, *versions]) for name, versions in releases.items()]
    for tensorflow in releases["tensorflow"]:
        specifier = pairs.get(("tensorflow", tensorflow, "keras"))
        allowed = specifier
        if allowed is not None and Version(tensorflow) < Version("2.16"):
            # 2.6.0 asks for any Keras 2, but works with that of its own minor version alone.
            allowed += f",=={minor(tensorflow)}.*"
        keras = newest(releases["keras"], allowed)
        if specifier is not None and keras:
            lines.append(f"with tensorflow {tensorflow} keras{specifier} keras {keras}")
        legacy = newest(releases["tf-keras"], "==" + minor(tensorflow) + ".*")
        if legacy:
            lines.append(f"with tensorflow {tensorflow} - tf-keras {legacy}")
    for keras in releases["keras"]:
        partner = tensorflow_of(keras, releases["tensorflow"], pairs)
        if partner:
            lines.append(f"with keras {keras} - tensorflow {partner}")
    for legacy in releases["tf-keras"]:
        partner = newest(releases["tensorflow"], "==" + minor(legacy) + ".*")
        if partner:
            lines.append(f"with tf-keras {legacy} - tensorflow {partner}")
    return "\n".join(lines) + "\n"


def newest(versions: list[str], specifier: str | None) -> str | None:
    """The last of the ascending `versions` that fits."""
    if specifier is None:
        return None
    allowed = SpecifierSet(specifier, prereleases=True)
    fitting = [version for version in versions if allowed.contains(version)]
    return fitting[-1] if fitting else None


def tensorflow_of(
    keras: str, releases: list[str], pairs: dict[tuple[str, str, str], str]
) -> str | None:
    """The newest TensorFlow whose metadata admits this Keras, or one of the same minor version.

    Keras before 2.6 names no TensorFlow, nor does any TensorFlow before 2.6 name a Keras.
    """
    fitting = [
        version
        for version in releases
        if ("tensorflow", version, "keras") in pairs
        and SpecifierSet(pairs["tensorflow", version, "keras"], prereleases=True).contains(keras)
    ]
    if Version(keras) < Version("3"):
        same = [version for version in fitting if minor(version) == minor(keras)]
        fitting = same or fitting[:1]
    return fitting[-1] if fitting else None


def minor(version: str) -> str:
    """`2.16` of `2.16.2`."""
    return ".".join(version.split(".")[:2])
