"""Notebooks on their way into a check: which have code that matters, and what was left out."""

from __future__ import annotations

from kerlint.source.notebooks.cells import read
from kerlint.source.notebooks.module import VirtualModule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kerlint.checking.work import Work
    from kerlint.project.discovery import File
    from kerlint.source.notebooks.cells import Notebook
    from kerlint.source.notebooks.written import WrittenFile


class Opener:
    """Opens notebooks, keeps those that were opened, and counts what it passes over.

    `opened`   notebooks by their path
    `written`  the notebooks, by their path, that write Python files
    """

    def __init__(self) -> None:
        self.opened: dict[str, Notebook] = {}
        self.written: dict[str, VirtualModule] = {}
        self._foreign: dict[str, int] = {}
        self._unknown: dict[str, int] = {}

    def open(self, path: str, data: bytes) -> VirtualModule | None:
        """The notebook as one module; None if it is in another language than Python.

        Raises NotANotebook.
        """
        notebook = read(data)
        if not notebook.is_python:
            language = notebook.language
            self._foreign[language] = self._foreign.get(language, 0) + 1
            return None
        self.opened[path] = notebook
        return VirtualModule(notebook)

    def matters(self, path: str, module: VirtualModule, mentions: Callable[[bytes], bool]) -> bool:
        """Whether the code, that which does not parse included, mentions what rules are about."""
        matters = mentions(module.text.encode("utf-8", "replace")) or any(
            mentions(cell.text.encode("utf-8", "replace")) for cell in self.opened[path].cells
        )
        if matters:
            if any(one.name.endswith(".py") for one in module.files):
                self.written[path] = module
            for name in module.unknown:
                self._unknown[name] = self._unknown.get(name, 0) + 1
        return matters

    def forget(self, path: str) -> None:
        """Nothing will be said of the notebook."""
        if path not in self.written:
            self.opened.pop(path, None)

    def works(self, candidate: Callable[[File, bytes, WrittenFile], Work | None]) -> list[Work]:
        """What has to be looked at in the files that notebooks write."""
        from kerlint.project.discovery import File
        from kerlint.source.notebooks.written import written_in

        found = (
            candidate(File(path, data=data), data, written)
            for path, module in self.written.items()
            for written, data in written_in(module, path)
        )
        return [work for work in found if work is not None]

    def notes(self) -> Iterator[str]:
        """What was passed over, in sentences."""
        for language, number in sorted(self._foreign.items()):
            books = "1 notebook" if number == 1 else f"{number} notebooks"
            yield f"Passed over {books} in another language than Python ({language})."
        if self._unknown:
            number = sum(self._unknown.values())
            what = "1 command" if number == 1 else f"{number} commands"
            names = ", ".join(f"`{name}`" for name in sorted(self._unknown)[:5])
            more = ", ..." if len(self._unknown) > 5 else ""
            yield f"Passed over {what} in notebooks that kerlint does not know ({names}{more})."


def could_matter(data: bytes, mentions: Callable[[bytes], bool]) -> bool:
    """Whether the file of a notebook may say anything that a rule or a suppression is about.

    Outputs are looked through as well: that is cheaper than to find where they end. A letter of
    ASCII that is written as an escape could hide a word.
    """
    return mentions(data) or b"kerlint:" in data or b"\\u00" in data
