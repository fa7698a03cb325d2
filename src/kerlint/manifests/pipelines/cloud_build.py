"""`cloudbuild.yaml` of Google Cloud Build: every step is a container of its own.

https://cloud.google.com/build/docs/build-config-file-schema
"""

from __future__ import annotations

import re

from kerlint.manifests import yaml_nodes
from kerlint.manifests.pipelines.installing import read_documents
from kerlint.manifests.pipelines.jobs import MOST, Given, Job, Step, named
from kerlint.manifests.scripts import Script
from kerlint.manifests.shell_values import HOLE
from kerlint.manifests.yaml_scripts import script_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kerlint.manifests.drafts import Draft
    from kerlint.manifests.model import Manifest

ROOT = ""
_OWN = re.compile(r"\$(?:\{(_\w+)\}|(_[A-Z0-9_]+))|\$(\$)")
"""Substitutions of the user, and the dollar that is meant for the shell."""
_SHELLS = frozenset({"bash", "sh"})


def read(path: str, text: str) -> Manifest:
    """The facts of a build. Raises Malformed."""
    return read_documents(path, text, "cloud-build", jobs, ROOT)


def jobs(draft: Draft, document: Any) -> Iterator[Job]:
    """Every step of a document."""
    defaults = {
        name: text
        for name, _, node in yaml_nodes.items(yaml_nodes.get(document, "substitutions"))
        if (text := yaml_nodes.scalar(node)) is not None
    }

    def value(found: re.Match[str]) -> str:
        return "$" if found[3] else defaults.get(found[1] or found[2], HOLE)

    shared = yaml_nodes.get(document, "options", "env")
    steps = yaml_nodes.elements(yaml_nodes.get(document, "steps"))
    for number, step in enumerate(steps[:MOST], 1):
        label = yaml_nodes.scalar(yaml_nodes.get(step, "id")) or f"step {number}"
        found = Job(named(label), "linux")
        found.take_image(draft, yaml_nodes.get(step, "name"), lambda text: _OWN.sub(value, text))
        for node in (shared, yaml_nodes.get(step, "env")):
            for one in yaml_nodes.elements(node):
                found.given += _given(draft, one, value)
        folder = yaml_nodes.scalar(yaml_nodes.get(step, "dir")) or ""
        script = _script(draft, step)
        if script is not None:
            unknown = folder.startswith("/") or "$" in folder
            script = script.filled(_OWN, value)
            found.steps.append(Step(script, folder=None if unknown else folder))
        yield found


def _given(draft: Draft, node: Any, value: Any) -> list[Given]:
    """`NAME=value`, an element of a list."""
    if not yaml_nodes.scalar(node):
        return []
    script = script_of(node, draft.places)
    name, equals, text = script.text.partition("=")
    if not equals:
        return []
    span = draft.places.span(
        script.start(len(name) + 1 if text else 0), script.end(len(script.text))
    )
    filled = _OWN.sub(value, text)
    return [Given(name, None if HOLE in filled or "$" in filled else filled, span)]


def _script(draft: Draft, step: Any) -> Script | None:
    """What a step runs: its script, or the words of a command."""
    whole = yaml_nodes.get(step, "script")
    if yaml_nodes.scalar(whole):
        return script_of(whole, draft.places)
    words = [
        script_of(one, draft.places)
        for one in yaml_nodes.elements(yaml_nodes.get(step, "args"))
        if yaml_nodes.scalar(one) is not None
    ]
    program = yaml_nodes.get(step, "entrypoint")
    named_program = (yaml_nodes.scalar(program) or "").rpartition("/")[2]
    if not words or not named_program:
        return None
    if named_program in _SHELLS:
        options = [number for number, one in enumerate(words) if re.fullmatch(r"-\w*c", one.text)]
        return words[options[0] + 1] if options and options[0] + 1 < len(words) else None
    if any("'" in one.text or "\n" in one.text for one in words):
        return None
    return _line([script_of(program, draft.places), *words])


def _line(words: list[Script]) -> Script:
    """Words as a line of a shell, each in quotes."""
    parts: list[Script] = []
    for number, word in enumerate(words):
        before, after = word.start(0), word.end(len(word.text))
        parts.append(Script.instead(" '" if number else "'", before, before))
        parts += [word, Script.instead("'", after, after)]
    return Script.put_together(parts)
