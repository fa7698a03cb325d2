"""Shell scripts: what they export."""

from __future__ import annotations

from kerlint.manifests.shell_settings import read_shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.places import Places
    from kerlint.manifests.settings import Found


def read(text: str, places: Places, found: Found) -> None:
    """Add what the script sets."""
    read_shell(text, 0, places, found, folder="")
