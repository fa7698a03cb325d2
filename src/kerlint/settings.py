"""Settings: `[tool.kerlint]` in pyproject.toml, `kerlint.toml` or `.kerlint.toml`; nearest wins.

A pyproject.toml without that table is passed over. What the command line says comes on top of
every file. Nothing is parsed unless a file with our table exists.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from kerlint.rules import Entry

    Layer = Mapping[str, Any]
    """Settings as one source gives them, checked: see `settings_table.py` for the keys."""

FILES = (".kerlint.toml", "kerlint.toml", "pyproject.toml")
"""Names of settings files, in the order in which they win inside one folder."""


class Settings:
    """What is in force for the files of one folder.

    `file`              the settings file, or None if there is none
    `folder`            what its patterns are relative to
    `codes`             the selected codes; None stands for all
    `per_file_ignores`  (pattern, folder it is relative to, codes)
    `together`          which manifests are compared: whether by their names, and groups of paths
    `targets`           requirements on Keras and its kin; empty: look into the manifests
    `exclude`           (pattern, folder it is relative to)
    `force_exclude`     `exclude` holds for files named on the command line too
    `fail_on`           the mildest severity that makes the exit code 1, or "never"
    `output_format`     one of `report.FORMATS`
    `require_gpu`       the project needs a GPU: the probe says so where none can be used
    `layers`            where all this comes from, for `kerlint config`
    """

    __slots__ = (
        "_rules",
        "codes",
        "exclude",
        "fail_on",
        "file",
        "folder",
        "force_exclude",
        "layers",
        "output_format",
        "per_file_ignores",
        "require_gpu",
        "targets",
        "together",
    )

    def __init__(self) -> None:
        self.file: str | None = None
        self.folder = ""
        self.codes: frozenset[str] | None = None
        self.per_file_ignores: tuple[tuple[str, str, frozenset[str]], ...] = ()
        self.targets: tuple[str, ...] = ()
        self.together: tuple[bool, tuple[tuple[str, ...], ...]] = (True, ())
        self.exclude: tuple[tuple[str, str], ...] = ()
        self.force_exclude = False
        self.fail_on = "warning"
        self.output_format = "full"
        self.require_gpu = False
        self.layers: tuple[tuple[str, Layer], ...] = ()
        self._rules: tuple[Entry, ...] | None = None

    def selected(self) -> frozenset[str]:
        """The codes of the rules in force, before `per_file_ignores`."""
        if self.codes is None:
            from kerlint.rules import entries

            self.codes = frozenset(rule.code for rule in entries())
        return self.codes

    def rules(self) -> tuple[Entry, ...]:
        """The rules in force, before `per_file_ignores`."""
        if self._rules is None:
            from kerlint.rules import entries

            selected = self.selected()
            self._rules = tuple(rule for rule in entries() if rule.code in selected)
        return self._rules

    def ignored(self, path: str) -> frozenset[str]:
        """The codes that `per_file_ignores` takes away from `path`."""
        if not self.per_file_ignores:
            return frozenset()
        from kerlint.project.patterns import matches

        ignored: set[str] = set()
        for pattern, folder, codes in self.per_file_ignores:
            if matches(pattern, folder, path):
                ignored |= codes
        return frozenset(ignored)

    def excludes(self, path: str) -> bool:
        """Whether `exclude` covers `path`."""
        if not self.exclude:
            return False
        from kerlint.project.patterns import matches

        return any(matches(pattern, folder, path) for pattern, folder in self.exclude)


class SettingsTree:
    """Finds the settings of a file; one instance a run.

    `overrides`  what the command line says
    `isolated`   no settings file is read
    `config`     this file is read for everything, and no other
    Raises Failure for a settings file that cannot be read or holds something unknown.
    """

    def __init__(
        self, overrides: Layer | None = None, isolated: bool = False, config: str | None = None
    ) -> None:
        self._overrides = overrides or {}
        self._found: dict[str, Settings] = {}
        self._fixed: Settings | None = None
        if config is not None:
            data = _read(config)
            if data is None:
                raise _failure(f"the settings file {config} does not exist")
            self._fixed = self._build(config, data)
            if self._fixed is None:
                raise _failure(f"{config} has no table [tool.kerlint]")
        elif isolated:
            self._fixed = self._without_file()
        self._default: Settings | None = None

    def of_file(self, path: str) -> Settings:
        """The settings in force for the file at `path`."""
        if self._fixed is not None:
            return self._fixed
        return self.of_folder(os.path.dirname(path))

    def of_folder(self, folder: str) -> Settings:
        """The settings in force for the files of `folder`."""
        if self._fixed is not None:
            return self._fixed
        found = self._found.get(folder)
        if found is None:
            found = self._found[folder] = self._look_up(folder)
        return found

    def _look_up(self, folder: str) -> Settings:
        full = os.path.abspath(folder)
        if full != folder:
            return self.of_folder(full)
        for name in FILES:
            path = os.path.join(folder, name)
            data = _read(path, found=True)
            if data is not None:
                built = self._build(path, data)
                if built is not None:
                    return built
        parent = os.path.dirname(folder)
        if parent != folder:
            return self.of_folder(parent)
        if self._default is None:
            self._default = self._without_file()
        return self._default

    def _build(self, path: str, data: bytes) -> Settings | None:
        """The settings that the file gives, or None for a pyproject.toml without our table."""
        if os.path.basename(path) == "pyproject.toml" and not may_hold_table(data):
            return None
        from kerlint.settings_table import build, read

        layer = read(path, data)
        if layer is None:
            return None
        return build(path, layer, self._overrides)

    def _without_file(self) -> Settings:
        if not self._overrides:
            return Settings()
        from kerlint.settings_table import build

        return build(None, {}, self._overrides)


def may_hold_table(data: bytes) -> bool:
    """Whether a pyproject.toml may hold `[tool.kerlint]`, in any of TOML's spellings.

    Parsing TOML costs more than checking a few files, and many a pyproject.toml names kerlint
    without having settings for it.
    """
    if b"kerlint" not in data:
        return False
    header = b""
    for line in data.split(b"\n"):
        line = line.strip()
        if line[:1] == b"[":
            header = line
            if b"kerlint" in line and b"tool" in line:
                return True
        elif b"kerlint" in line:
            key = line.partition(b"=")[0]
            in_tool = header.split(b"]")[0].strip(b"[ \t\"'") == b"tool"
            if b"tool" in key or (in_tool and b"kerlint" in key):
                return True
    return False


_AT_ONCE = getattr(os, "O_NONBLOCK", 0)
_KIND, _FILE = 0o170000, 0o100000
"""Of `st_mode`: S_IFMT and S_IFREG."""


def _read(path: str, *, found: bool = False) -> bytes | None:
    """The bytes of a settings file, or None if there is none. `found`: nobody asked for that very
    path, so what is no file is none; a pipe would wait for ever, a device never end."""
    try:
        handle = os.open(path, os.O_RDONLY | (_AT_ONCE if found else 0))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _failure(f"cannot read the settings file {path}: {error.strerror}") from None
    try:
        if found and os.fstat(handle).st_mode & _KIND != _FILE:
            return None
        pieces = []
        while piece := os.read(handle, 1 << 20):
            pieces.append(piece)
        return b"".join(pieces)
    except IsADirectoryError:
        return None
    except OSError as error:
        raise _failure(f"cannot read the settings file {path}: {error.strerror}") from None
    finally:
        os.close(handle)


def _failure(message: str) -> Exception:
    """A Failure; its module is not needed on the way of most runs."""
    from kerlint.failures import Failure

    return Failure(message)
