"""`.python-version` (pyenv, uv) and `runtime.txt` (Heroku): one Python, in one line.

https://github.com/pyenv/pyenv#choosing-the-python-version
https://devcenter.heroku.com/articles/python-runtimes
"""

from __future__ import annotations

import re

from kerlint.manifests.gathering import Gathering

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.model import Manifest

_LINE = re.compile(r"^[ \t]*([^\s#]+)", re.MULTILINE)
_VERSION = re.compile(r"(?:c?python-?)?(\d+)\.(\d{1,3})(?:\.\d+)?(?:[-.]?(?:dev|a|b|rc)\d*)?")


def read(path: str, text: str) -> Manifest:
    """The Python of the first line; that of a named environment or another Python is unread."""
    name = path.replace("\\", "/").rpartition("/")[2]
    found = Gathering(path, text, "runtime" if name == "runtime.txt" else "python-version")
    line = _LINE.search(text)
    if line is None:
        return found.manifest()
    span = found.places.span(line.start(1), line.end(1))
    version = _VERSION.fullmatch(line[1])
    if version:
        found.python(f"=={version[1]}.{version[2]}.*", line[1], span)
    else:
        found.skip(span)
    return found.manifest()
