"""What the rules about manifests may ask besides the requirements themselves."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from kerlint.knowledge.index import Index
    from kerlint.manifests.installations import Installation
    from kerlint.manifests.model import Manifest
    from kerlint.manifests.together import Together
    from kerlint.project.library import Library
    from kerlint.project.usage import Usage
    from kerlint.solving.verdicts import Verdict


class InstallContext:
    """The surroundings of the manifests of one project.

    `library`  reads other manifests
    `root`     the folder of the project, absolute
    `usage`    what its code uses, looked up when it is asked
    `together`  which of its files are meant for one environment
    """

    def __init__(
        self, library: Library, root: str, usage: Usage, together: Together | None = None
    ) -> None:
        from kerlint.manifests.together import Together

        self.together = together or Together()
        self.library = library
        self.root = root
        self.usage = usage
        self._cache: dict[Any, Any] = {}

    @property
    def index(self) -> Index:
        """What the published releases require; loaded when a rule asks for it."""
        from kerlint.knowledge.index import load

        return load()

    def installations(self, manifest: Manifest) -> list[Installation]:
        """What the manifest installs, part by part."""
        from kerlint.manifests.installations import installations

        found: list[Installation] = self.shared(
            ("installations", id(manifest)),
            lambda: list(installations(manifest, self.library.manifest)),
        )
        return found

    def verdict(self, installation: Installation) -> Verdict:
        """Whether the installation can be met, and what a fresh install would get."""
        found: Verdict = self.shared(
            ("verdict", id(installation)), lambda: self._judged(installation)
        )
        return found

    def _judged(self, installation: Installation) -> Verdict:
        """The runs of a matrix mostly ask the same; a conflict is told with the lines of each."""
        from kerlint.solving.verdicts import judge

        found: Verdict = self.shared(
            ("asked", installation.asked()), lambda: judge(installation, self.index)
        )
        if found.conflict is None or found.installation.places() == installation.places():
            return found
        own: Verdict = self.shared(
            ("asked", installation.asked(), installation.places()),
            lambda: judge(installation, self.index),
        )
        return own

    def neighbours(self) -> list[Manifest]:
        """All manifests of the project, checked or not."""
        found: list[Manifest] = self.shared(
            "neighbours",
            lambda: [
                manifest
                for manifest in map(self.library.manifest, self.library.below(self.root))
                if manifest is not None
            ],
        )
        return found

    def shared(self, key: Any, make: Callable[[], Any]) -> Any:
        """A value that several rules share; `make()` is called once."""
        if key not in self._cache:
            self._cache[key] = make()
        return self._cache[key]
