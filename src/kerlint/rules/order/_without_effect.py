"""Why a write of an environment variable is seen by nobody."""

from __future__ import annotations

from kerlint.knowledge.backends import judge_backend
from kerlint.knowledge.variable_table import BY_NAME
from kerlint.rules.order import _writes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.project.targets import Versions
    from kerlint.rules.base import Context
    from kerlint.source.facts import Event, Module

_STARTERS = (
    "billiard",
    "concurrent",
    "dask",
    "fabric",
    "horovod",
    "invoke",
    "ipyparallel",
    "joblib",
    "loky",
    "luigi",
    "mpi4py",
    "multiprocess",
    "multiprocessing",
    "pathos",
    "pebble",
    "pexpect",
    "plumbum",
    "pyspark",
    "ray",
    "sh",
    "signal",
    "sklearn",
    "subprocess",
    "torch",
)
"""Packages whose import may mean that the file starts processes."""

_STARTING_WORDS = (
    "os.exec",
    "os.fork",
    "os.popen",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "n_jobs",
    "num_workers",
    "use_multiprocessing",
    "workers=",
    "environ.copy",
    "environ)",
)


def fault(module: Module, event: Event, versions: Versions) -> tuple[str, str] | None:
    """Why `event` has no effect and what to do instead; None if it has, or may have."""
    variable = BY_NAME[event.variable]
    name = variable.name
    if event.how == "shell":
        return (
            "the shell that it is set for ends with this call",
            f'write `os.environ["{name}"] = ...` before it is read, or set it in the shell that '
            "starts Python",
        )
    if event.how == "putenv":
        if not variable.python or _starts_processes(module) or _written_otherwise(module, name):
            return None
        return (
            "`os.putenv` does not change `os.environ`, where it is looked for",
            f'write `os.environ["{name}"] = ...` before it is read',
        )
    if event.how not in _writes.SETTING:
        return None
    if variable.moment == "start":
        if event.value == "" or _starts_processes(module):
            return None
        return (
            "it is read when Python starts",
            f"set `{name}` in the shell that starts Python",
        )
    if (
        name == "KERAS_BACKEND"
        and event.value not in (None, "", "tensorflow")
        and judge_backend(event.value or "", versions).kind == "unread"
    ):
        return (
            f"Keras {versions.keras} runs on TensorFlow only and does not read it",
            "take it out, or use Keras 3",
        )
    return None


def reads_otherwise(module: Module, event: Event, context: Context) -> bool:
    """Whether the project uses Keras Core, which reads `KERAS_BACKEND` beside a Keras 2 that does
    not.
    """
    if event.variable != "KERAS_BACKEND" or event.how not in _writes.SETTING:
        return False
    if "keras_core" in module.text:
        return True
    project = context.project
    return project is not None and project.mentions(
        project.layout(project.absolute(module.path)).root, b"keras_core"
    )


def _starts_processes(module: Module) -> bool:
    """Whether the file starts other processes, or may."""
    if any(name.partition(".")[0] in _STARTERS for name in module.imported()):
        return True
    if any(word in module.text for word in _STARTING_WORDS):
        return True
    return any(event.kind == "spawn" for event, _ in _writes.events(module))


def _written_otherwise(module: Module, variable: str) -> bool:
    """Whether the file also sets the variable where it is looked for."""
    return any(
        event.kind == "write" and event.variable == variable and event.how in _writes.SETTING
        for event, _ in _writes.events(module)
    )
