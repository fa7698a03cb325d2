"""KER619 binary-incompatibility."""

from __future__ import annotations

import re

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Distribution, Observations
    from kerlint.probe.trial_observations import Trial

_NUMPY = re.compile(
    r"numpy\.dtype size changed|_ARRAY_API not found|numpy\.core\.(?:umath|multiarray) failed to "
    r"import|compiled using NumPy 1\.x cannot be run in|numpy\.ufunc size changed|compiled against "
    r"(?:ABI|API) version|Unable to convert function return value to a Python type! The signature"
)
_PLACE = re.compile(r"(?:site|dist)-packages[/\\]+(\w+)")


class BinaryIncompatibility(EnvironmentRule):
    """A compiled module was built for something other than what is installed.

    ## What it does

    Reads the tags of the wheels: a module built for CPython 3.10 cannot be loaded by 3.11. And it
    knows the messages of modules that were built against another NumPy, another C library or
    another version of a package beside them, and says which module it was.

    ## Why is this bad?

    Compiled modules rely on the layout of each other's data. Requirements often do not say so:
    h5py 3.9 accepts every NumPy and works with none from 2.0 on.

    ## Example

    ```json
    {"interpreter": {"version": "3.11.7", "implementation": "cpython"}, "distributions": [
      {"name": "h5py", "version": "3.11.0", "build_tags": ["cp310-cp310-manylinux_2_17_x86_64"],
       "metadata": "/env/lib/python3.11/site-packages/h5py-3.11.0.dist-info"},
      {"name": "keras", "version": "3.15.1", "requires": ["h5py"]}]}
    ```

    ## Use instead

    ```json
    {"interpreter": {"version": "3.11.7", "implementation": "cpython"}, "distributions": [
      {"name": "h5py", "version": "3.11.0", "build_tags": ["cp311-cp311-manylinux_2_17_x86_64"],
       "metadata": "/env/lib/python3.11/site-packages/h5py-3.11.0.dist-info"},
      {"name": "keras", "version": "3.15.1", "requires": ["h5py"]}]}
    ```

    ## References

    - [NumPy 2.0 migration guide](https://numpy.org/doc/stable/numpy_2_0_migration_guide.html)
    - [tensorflow #67291](https://github.com/tensorflow/tensorflow/issues/67291)
    - [Platform compatibility tags](https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/)
    """

    code = "KER619"
    name = "binary-incompatibility"
    severity = "error"
    errors = (
        "ValueError: numpy.dtype size changed, may indicate binary incompatibility. Expected 96 "
        "from C header, got 88 from PyObject",
        "AttributeError: _ARRAY_API not found",
        "A module that was compiled using NumPy 1.x cannot be run in NumPy 2... as it may crash.",
        "TypeError: Unable to convert function return value to a Python type! The signature was "
        "() -> handle",
        "ImportError: numpy.core.umath failed to import",
        "ImportError: ... undefined symbol: ...",
        "ImportError: DLL load failed while importing _pywrap_tensorflow_internal: ...",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield wheels of another Python, then what a child said."""
        yield from self._wheels(seen, asked)
        from kerlint.rules.environment._linking import LINKED

        found: set[tuple[str, str]] = set()
        for trial in seen.trials:
            if trial.ended != "failed":
                continue
            text = f"{trial.traceback}\n{trial.error}"
            match = _NUMPY.search(text) or _NUMPY.search(trial.output) or LINKED.search(text)
            if match is None:
                continue
            one = _compiled(text, trial, seen)
            key = (one.name if one else "", match[0])
            if key not in found:
                found.add(key)
                numpy = _NUMPY.search(match[0]) is not None
                yield self._said(trial, match[0], one, numpy, seen, asked)

    def _wheels(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        from kerlint.probe.installed import Installed, imported_as

        python = seen.interpreter
        if python.implementation.lower() not in ("", "cpython") or not python.version:
            return
        installed = Installed(seen)
        for one in installed.by_name.values():
            other = _other_abi(one, python.version, python.free_threaded)
            if not other or one.name not in installed.stack():
                continue
            yield self.finding(
                f"{one.name} {one.version} was built for {other}, and this is Python "
                f"{python.version}",
                f"{one.metadata}/WHEEL",
                help="Install it again, for this Python.",
                evidence=[
                    Evidence(f"Tag: {tag}", f"{one.metadata}/WHEEL") for tag in one.build_tags
                ],
                commands=[
                    asked.owner.install(
                        f"{one.name}=={one.version.partition('+')[0]}", reinstall=True
                    )
                ],
                subject=f"built {one.name}",
                causes=[f"import {name}" for name in imported_as(one)],
            )

    def _said(
        self,
        trial: Trial,
        message: str,
        one: Distribution | None,
        numpy: bool,
        seen: Observations,
        asked: Asked,
    ) -> Finding:
        from kerlint.probe.installed import imported_as
        from kerlint.rules.environment import _trials
        from kerlint.rules.environment._linking import fault

        name = f"{one.name} {one.version}" if one else "a compiled module"
        have = seen.distribution("numpy")
        now = f" than {have.version}, which is installed" if have else ""
        if numpy:
            happens, help = f"was built for another NumPy{now}", _help(one)
            commands = tuple(_commands(one, seen, asked))
        else:
            happens, help, commands = fault(f"{trial.error}\n{trial.traceback}", one, seen, asked)
            line = None if one else _trials.explained(trial)
            if line is not None:
                help = _trials.advice(trial)
        causes = [f"import {trial.subject}", f"run {trial.subject}"]
        if one:
            causes += [f"import {each}" for each in imported_as(one)]
        return self.finding(
            f"{name} {happens}",
            one.metadata if one else seen.interpreter.executable or trial.subject,
            help=help,
            evidence=[
                Evidence(message, f"import {trial.subject}"),
                *([Evidence(trial.error, f"import {trial.subject}")] if trial.error else []),
            ],
            confidence="certain" if one else "likely",
            seen="live",
            commands=commands,
            subject=f"built {one.name if one else trial.subject}",
            causes=causes,
        )


def _other_abi(one: Distribution, version: str, free_threaded: bool) -> str:
    """`CPython 3.10` where all tags of a wheel name another Python than this one; else ""."""
    major, _, rest = version.partition(".")
    own = f"cp{major}{rest.partition('.')[0]}{'t' if free_threaded else ''}"
    others = []
    for tag in one.build_tags:
        parts = tag.split("-")
        match = re.fullmatch(r"cp(\d)(\d+)(t?)m?u?", parts[1]) if len(parts) > 2 else None
        if match is None or parts[1].rstrip("mu") == own:
            return ""
        others.append(f"CPython {match[1]}.{match[2]}{' (free-threaded)' if match[3] else ''}")
    return others[0] if others else ""


def _compiled(text: str, trial: Trial, seen: Observations) -> Distribution | None:
    """The distribution whose module could not be loaded: the last in the traceback but numpy."""
    from kerlint.probe.installed import imported_as
    from kerlint.rules.environment._linking import plugin_of

    plugin = plugin_of(text, seen)
    if plugin is not None:
        return plugin
    for name in reversed(_PLACE.findall(text)):
        if name in ("numpy", "keras", "_distutils_hack"):
            continue
        for one in seen.distributions:
            if name in imported_as(one):
                return one
    return None


def _help(one: Distribution | None) -> str:
    if one is None:
        return "Install releases that were built for one NumPy."
    return f"Install a release of {one.name} that was built for this NumPy, or an older NumPy."


def _commands(one: Distribution | None, seen: Observations, asked: Asked) -> list[str]:
    """The known cure for these versions; else the newest release of what was built for others."""
    from kerlint.knowledge.broken import BROKEN
    from kerlint.probe.clashes import another
    from kerlint.probe.installed import Installed, fits, stands_for

    if one is None:
        return []
    installed = Installed(seen)
    for row in BROKEN:
        names = [name for name, _ in row.when]
        if "numpy" in names and stands_for(one.name) in names:
            versions = [(what, installed.version(name)) for name, what in row.when]
            if all(version and fits(what, version) for what, version in versions):
                return [asked.owner.install(row.cures[0])]
    if stands_for(one.name) == "tensorflow":
        return [asked.owner.install("numpy<2")]
    numpy_now = installed.version("numpy")
    return [asked.owner.install(another(one, installed), f"numpy=={numpy_now}")]
