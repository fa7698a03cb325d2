"""The steps of a job of Azure Pipelines: scripts, and the tasks that set up a Python.

https://learn.microsoft.com/en-us/azure/devops/pipelines/tasks/reference/
"""

from __future__ import annotations

import re

from kerlint.manifests import yaml_nodes
from kerlint.manifests.pipelines.azure_values import COMPUTED, EXPRESSION
from kerlint.manifests.pipelines.jobs import Step, given_by
from kerlint.manifests.shell_values import HOLE
from kerlint.manifests.yaml_scripts import script_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.manifests.drafts import Draft
    from kerlint.manifests.pipelines.azure_values import Values
    from kerlint.manifests.pipelines.jobs import Job

_SHELLS = ("script", "bash", "pwsh", "powershell")
_TASKS = {"bash": "bash", "cmdline": "script", "powershell": "pwsh", "azurecli": "bash"}
"""Tasks that run a script, and by which of the shells."""
_DEEPEST = 8


class Steps:
    """Adds to a job what its steps run."""

    def __init__(self, draft: Draft, job: Job, values: Values) -> None:
        self.draft = draft
        self.job = job
        self.values = values

    def read(self, node: Any, maybe: int = -1, depth: int = 0) -> None:
        """Add the steps of a list.

        `maybe`  as in `Step`
        """
        for step in yaml_nodes.elements(node) if depth < _DEEPEST else ():
            for name, key, value in yaml_nodes.items(step):
                if name.lstrip().startswith("${{"):
                    inner = yaml_nodes.offset_of(key, self.draft.places)
                    self.read(value, inner, depth + 1)
            self._step(step, maybe)

    def _step(self, step: Any, maybe: int) -> None:
        enabled = yaml_nodes.scalar(yaml_nodes.get(step, "enabled")) or ""
        condition = yaml_nodes.scalar(yaml_nodes.get(step, "condition"))
        runs = True if condition is None else self.values.holds(condition)
        if runs is False or enabled.lower() == "false":
            return
        if runs is None:
            maybe = yaml_nodes.offset_of(step, self.draft.places)
        for shell in _SHELLS:
            self._script(step, yaml_nodes.get(step, shell), shell, step, maybe)
        task = (yaml_nodes.scalar(yaml_nodes.get(step, "task")) or "").partition("@")[0].lower()
        inputs = yaml_nodes.get(step, "inputs")
        if task == "usepythonversion":
            self.job.take_python(
                self.draft, yaml_nodes.get(inputs, "versionSpec"), self.values.filled
            )
        elif task in _TASKS:
            script = yaml_nodes.get(inputs, "script") or yaml_nodes.get(inputs, "inlineScript")
            self._script(step, script, _TASKS[task], inputs, maybe)

    def _script(self, step: Any, node: Any, shell: str, around: Any, maybe: int) -> None:
        """`around`: the mapping that names the folder."""
        if not yaml_nodes.scalar(node):
            return
        script = script_of(node, self.draft.places)
        script = script.filled(EXPRESSION, self._value).filled(COMPUTED, lambda _: HOLE)
        windows = self.job.platform == "windows"
        if shell not in ("bash", "script") or (shell == "script" and windows):
            from kerlint.manifests.pipelines.windows import as_shell

            script = as_shell(script, {})
        folder = self.values.filled(
            yaml_nodes.scalar(yaml_nodes.get(around, "workingDirectory")) or ""
        )
        folder = re.sub(r"^\./", "", folder.replace("\\", "/"))
        unknown = HOLE in folder or folder.startswith(("/", "$"))
        if shell == "script":
            posix = {"": None, "windows": False}.get(self.job.platform, True)
        else:
            posix = shell == "bash"
        env = given_by(self.draft, yaml_nodes.get(step, "env"), self.values.filled)
        self.job.steps.append(
            Step(
                script,
                folder=None if unknown else folder,
                maybe=maybe,
                posix=posix,
                given=env,
            )
        )

    def _value(self, found: re.Match[str]) -> str | None:
        """`$(name)` of a variable that is not known may be a command of the shell."""
        value = self.values.value(found)
        return None if found[1] and HOLE in value else value
