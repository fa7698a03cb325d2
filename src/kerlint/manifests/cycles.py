"""Requirements files that include each other without end, which pip refuses or never finishes."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.installations import Reader
    from kerlint.manifests.model import Include, Manifest

MOST = 50
"""Files that are followed."""


def closing(manifest: Manifest, reader: Reader) -> list[Include]:
    """The includes of a file that lead back to it, through files that come after it by name: so a
    circle is told of once.
    """
    return [one for one in _lists(manifest) if _leads_back(one, manifest, reader)]


def _lists(manifest: Manifest) -> list[Include]:
    return [one for one in manifest.includes if one.kind in ("requirements", "constraints")]


def _leads_back(include: Include, manifest: Manifest, reader: Reader) -> bool:
    seen: set[str] = set()
    waiting = [include.path]
    while waiting and len(seen) < MOST:
        path = waiting.pop()
        inner = reader(path)
        if inner is manifest:
            return True
        if inner is None or inner.path in seen or inner.path < manifest.path:
            continue
        seen.add(inner.path)
        waiting += [one.path for one in _lists(inner)]
    return False
