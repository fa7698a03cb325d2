"""What the name and tag of a container image say about the Python and the TensorFlow in it."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.diagnostics import Span
    from kerlint.manifests.drafts import Draft

_PYTHON = re.compile(r"(?:^|[-_.])(?:python-?|py)?(3\.\d+)(?:\.\d+)?(?=$|[-_a-z])")
_SHORT = re.compile(r"(?:^|[-_.])py(3)(\d{1,2})(?=$|[-_.])")
_NAMED = re.compile(r"(?:^|[-_.:])python-?(3\.\d+)")
_RELEASE = re.compile(r"(\d+\.\d+(?:\.\d+)?(?:rc\d+|\.post\d+|-rc\d+)?)(?=$|-)")
_PYTHONS = re.compile(r"(?:^|/)(?:python|pypy|cpython)$")
"""Images whose tag is the version of their Python."""


def split(image: str) -> tuple[str, str]:
    """Name and tag; a digest is left off."""
    image = image.partition("@")[0].strip()
    name, colon, tag = image.rpartition(":")
    if not colon or "/" in tag:
        return image, ""
    return name, tag


def python_of(image: str) -> str:
    """`==3.9.*` for `python:3.9-slim`; "" where the tag does not say it."""
    name, tag = split(image)
    if _PYTHONS.search(name):
        found = _PYTHON.search(tag)
    else:
        found = _NAMED.search(tag) or (_SHORT.search(tag) or _SHORT.search(name))
    if found is None:
        return ""
    version = found[1] if "." in found[1] else f"{found[1]}.{found[2]}"
    return f"=={version}.*"


def tensorflow_of(image: str) -> str | None:
    """`==2.15.0` for `tensorflow/tensorflow:2.15.0-gpu`; "" where there is one, of a version that
    the tag does not say; None where the image is not known to bring one.

    https://hub.docker.com/r/tensorflow/tensorflow: images for development (`devel`, `custom-op`)
    bring none. https://github.com/aws/deep-learning-containers: `tensorflow-training`.
    """
    name, tag = split(image)
    short = re.sub(r"^(?:docker\.io|index\.docker\.io|registry-1\.docker\.io)/", "", name)
    if short == "tensorflow/tensorflow":
        if re.search(r"devel|custom-op|build", tag) or not tag:
            return None if tag else ""
        found = _RELEASE.match(tag)
        return f"=={found[1].replace('-', '')}" if found else ""
    if short.endswith("/tensorflow-training"):
        found = _RELEASE.match(tag)
        return f"=={found[1]}" if found else ""
    if short == "nvcr.io/nvidia/tensorflow" and re.search(r"tf[12]", tag):
        return ""
    return None


def read_image(draft: Draft, image: str, span: Span, origin: str, text: str = "") -> None:
    """Add what an image brings. A name that is not all known (`$BASE`) says nothing.

    `text`  as written, where variables are in it
    """
    if not image or re.search(r"[\0${}<>\s]", image):
        return
    name, _ = split(image)
    draft.platforms.setdefault(origin, "windows" if "windows" in name else "linux")
    python = python_of(image)
    if python:
        draft.python(python, text or image, span, origin)
    version = tensorflow_of(image)
    if version is not None:
        draft.commands += 1
        draft.add(
            "tensorflow",
            version,
            text or image,
            span,
            origin=origin,
            known=bool(version),
            command=draft.commands,
        )
