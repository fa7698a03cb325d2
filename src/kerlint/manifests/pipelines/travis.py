"""`.travis.yml`: one job for each combination of Python, environment and system, and those that are
written out.

https://docs.travis-ci.com/user/build-matrix/ and https://docs.travis-ci.com/user/languages/python/
"""

from __future__ import annotations

import re
from itertools import product

from kerlint.manifests import yaml_nodes
from kerlint.manifests.pipelines.installing import read_documents
from kerlint.manifests.pipelines.jobs import MOST, Given, Job, Step, lines_of, named
from kerlint.manifests.scripts import Script
from kerlint.manifests.shell_words import assignment, commands
from kerlint.manifests.yaml_scripts import script_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from kerlint.manifests.drafts import Draft
    from kerlint.manifests.model import Manifest

ROOT = ""
_PHASES = (
    *("before_install", "install", "before_script", "script"),
    *("after_success", "after_failure", "after_script"),
)
_MATRIX = ("jobs", "matrix")
_EXPANDING = ("python", "env", "os")
_SYSTEMS = {
    "linux": "linux",
    "linux-ppc64le": "linux",
    "osx": "macos",
    "windows": "windows",
    "": "linux",
}
_PLAIN = re.compile(r"[\w.+=<>~!,:/-]*")
_TESTED = re.compile(r"\[\[?\s+(?:-[nz]\s+)?\"?$")
"""Before a variable in a test: only there an empty value says something."""
_USED = re.compile(r"\$(?:\{(\w+)\}|(\w+))")


def read(path: str, text: str) -> Manifest:
    """The facts of a configuration. Raises Malformed."""
    return read_documents(path, text, "travis", jobs, ROOT)


def jobs(draft: Draft, document: Any) -> Iterator[Job]:
    """Every job of a document."""
    rows = list(_rows(draft, document))
    switches = {one.name for row in rows for one in row.own}
    for row in rows[:MOST]:
        yield row.job(switches)


def _rows(draft: Draft, document: Any) -> Iterator[_Row]:
    shared, rows = _environments(draft, yaml_nodes.get(document, "env"))
    choices: list[list[Any]] = [
        _several(yaml_nodes.get(document, "python")) or [None],
        rows or [None],
        _several(yaml_nodes.get(document, "os")) or [None],
    ]
    written = [
        one
        for key in _MATRIX
        for one in yaml_nodes.elements(yaml_nodes.get(document, key, "include"))
        if yaml_nodes.is_mapping(one)
    ]
    excluded = [
        one
        for key in _MATRIX
        for one in yaml_nodes.elements(yaml_nodes.get(document, key, "exclude"))
    ]
    expands = any(yaml_nodes.get(document, key) is not None for key in _EXPANDING)
    if expands or not written:
        for python, own, system in product(*choices):
            row = _Row(draft, document, None, python, shared, own or [], system)
            if not any(row.is_said_by(one) for one in excluded):
                yield row
    for one in written:
        _, own_rows = _environments(draft, yaml_nodes.get(one, "env"))
        own = [given for row in own_rows for given in row]
        if not any(key == "env" for key, _, _ in yaml_nodes.items(one)):
            own = choices[1][0] or []
        python = yaml_nodes.get(one, "python") or choices[0][0]
        system = yaml_nodes.get(one, "os") or choices[2][0]
        yield _Row(draft, document, one, python, shared, own, system)


class _Row:
    """One job: an entry of the matrix, with what the document says for all of them.

    `shared`, `own`  variables of all jobs, and of this one
    """

    def __init__(
        self,
        draft: Draft,
        document: Any,
        entry: Any,
        python: Any,
        shared: list[Given],
        own: list[Given],
        system: Any,
    ) -> None:
        self.draft = draft
        self.document = document
        self.entry = entry
        self.python = (_several(python) or [None])[0]
        self.shared = shared
        self.own = own
        self.system = yaml_nodes.scalar(system) or ""

    def get(self, key: str) -> Any:
        """An entry of the job, else that for all jobs."""
        own = yaml_nodes.get(self.entry, key)
        return own if own is not None else yaml_nodes.get(self.document, key)

    def is_said_by(self, excluded: Any) -> bool:
        """Whether an entry of `exclude` is about this job."""
        said = {key: yaml_nodes.scalar(value) for key, _, value in yaml_nodes.items(excluded)}
        mine = {
            "python": yaml_nodes.scalar(self.python),
            "os": self.system,
            "env": " ".join(f"{one.name}={one.value}" for one in self.own),
        }
        return bool(said) and all(mine.get(key) == text for key, text in said.items())

    def job(self, switches: set[str]) -> Job:
        """The job; `switches`: the variables that tell jobs from each other."""
        language = yaml_nodes.scalar(self.get("language")) or "python"
        python = (yaml_nodes.scalar(self.python) or "") if language == "python" else ""
        label = yaml_nodes.scalar(yaml_nodes.get(self.entry, "name")) or "python"
        values = [python, *(f"{one.name}={one.value}" for one in self.own if one.value)]
        found = Job(named(label, [*values, self.system]), _SYSTEMS.get(self.system, ""))
        if python:
            found.take_python(self.draft, self.python)
            found.known["TRAVIS_PYTHON_VERSION"] = python
        found.known["TRAVIS_OS_NAME"] = self.system or "linux"
        found.known["TRAVIS_BUILD_DIR"] = "."
        found.given = [*self.shared, *self.own]
        # What only other jobs set is not set in this one.
        known = {**dict.fromkeys(switches, ""), **found.known}
        for one in found.given:
            known.pop(one.name, None)
            if one.value is not None:
                known[one.name] = one.value
        lines = [line for phase in _PHASES for line in lines_of(self.draft, self.get(phase))]
        if lines:
            found.steps.append(Step(_filled(Script.joined(lines), known)))
        return found


def _filled(script: Script, known: Mapping[str, str]) -> Script:
    """With the values that decide what a job does in the place of `$NAME`.

    A value that a shell would look at again is left to the variable; so is everything that the
    script itself sets.
    """
    if "$" not in script.text:
        return script
    own = {name for name in known if re.search(rf"\b{re.escape(name)}=", script.text)}

    def value(found: re.Match[str]) -> str | None:
        name = found[1] or found[2]
        text = known.get(name)
        if text is None or name in own or not _PLAIN.fullmatch(text):
            return None
        before = script.text[max(found.start() - 20, 0) : found.start()]
        tested = None if text else _TESTED.search(before)
        if tested is None:
            return text or None
        return "" if tested[0].endswith('"') else '""'  # a word, as the shell takes it in `[[`

    return script.filled(_USED, value)


def _several(node: Any) -> list[Any]:
    """The elements of a list, or the node itself."""
    if yaml_nodes.is_sequence(node):
        return yaml_nodes.elements(node)
    return [] if yaml_nodes.is_empty(node) else [node]


def _environments(draft: Draft, node: Any) -> tuple[list[Given], list[list[Given]]]:
    """What `env` sets in all jobs, and what in each of several."""
    if not yaml_nodes.is_mapping(node):
        return [], [_given(draft, one) for one in _several(node)]
    shared = [
        given for one in _several(yaml_nodes.get(node, "global")) for given in _given(draft, one)
    ]
    keys = [key for key, _, _ in yaml_nodes.items(node)]
    rows = [_given(draft, one) for key in _MATRIX for one in _several(yaml_nodes.get(node, key))]
    if not set(keys) & {"global", *_MATRIX}:
        rows = [_given(draft, node)]
    return shared, rows


def _given(draft: Draft, node: Any) -> list[Given]:
    """`A=1 B=2`, or a mapping; what is encrypted is passed over."""
    from kerlint.manifests.pipelines.jobs import given_by

    if yaml_nodes.is_mapping(node):
        return [one for one in given_by(draft, node) if one.name != "secure"]
    if not yaml_nodes.scalar(node):
        return []
    script = script_of(node, draft.places)
    found = []
    for command in commands(script.text):
        for word in command.words:
            pair = assignment(word)
            if pair is not None:
                name, value = pair
                start, end = value.start, value.end
                if value.text is not None and value.raw[:1] in ("'", '"') and len(value.raw) > 2:
                    start, end = start + 1, end - 1
                if start == end:
                    start = word.start
                span = draft.places.span(script.start(start), script.end(end))
                found.append(Given(name, value.text, span))
    return found
