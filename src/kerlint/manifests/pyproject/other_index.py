"""Requirements that may come from another index than the public one."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.toml_page import Page

OPTION = "other-index"
_PUBLIC = ("://pypi.org/", "://pypi.python.org/")


def for_all(page: Page, url: object) -> None:
    """An index in which everything is looked for."""
    if isinstance(url, str) and not any(public in f"{url}/" for public in _PUBLIC):
        page.index(url)
