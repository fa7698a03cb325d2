"""One framework in one child: its folders, its environment, its end."""

from __future__ import annotations

import json
import os
import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kerlint.probe import bundle
from kerlint.probe.children import run
from kerlint.probe.trials.reading import trial_of

if TYPE_CHECKING:
    from kerlint.probe.trial_observations import Trial
    from kerlint.probe.trials.choosing import Subject

PARTS = Path(__file__).with_name("child")

PACKAGE = "kerlint_trial"
"""What the parts are called in the child: a name that nobody else has."""

COMMAND = (
    "import os, sys; folder = os.path.dirname(os.getcwd()); "
    f"sys.path.append(os.path.join(folder, 'parts')); "
    f"from {PACKAGE}.start import run; sys.path.pop(); run(folder)"
)


def attempt(
    python: str,
    subject: Subject,
    *,
    gpu: bool,
    keras_json: str | None,
    seconds: float,
    user_site: str = "",
) -> Trial:
    """Start the framework and record what came of it. Nothing is written outside a new folder
    in the temporary one, and that is removed.

    `user_site`  where the interpreter looks for the user's packages; "" where that is not known
    """
    with tempfile.TemporaryDirectory(prefix="kerlint-", ignore_cleanup_errors=True) as folder:
        # The child sees its working folder by its real name, and finds the others beside it.
        scratch = Path(folder).resolve()
        nonce = secrets.token_hex(16)
        _lay_out(scratch, keras_json)
        request = {"subject": subject.name, "gpu": gpu, "seconds": seconds, "nonce": nonce}
        (scratch / "request.json").write_text(json.dumps(request), encoding="utf-8")
        (scratch / "result.jsonl").touch()
        ended = run(
            [python, "-B", "-c", COMMAND],
            environment=_environment(scratch, subject, user_site),
            folder=str(scratch / "work"),
            seconds=seconds,
            guard=bundle.text("guard"),
        )
        return trial_of(subject, ended, scratch / "result.jsonl", nonce)


def _lay_out(scratch: Path, keras_json: str | None) -> None:
    for name in ("work", "keras", "temporary", "caches", "home"):
        (scratch / name).mkdir()
    parts = scratch / "parts" / PACKAGE
    parts.mkdir(parents=True)
    for part in PARTS.glob("*.py"):
        (parts / part.name).write_bytes(part.read_bytes())
    if keras_json is not None:
        (scratch / "keras" / "keras.json").write_bytes(
            keras_json.encode("utf-8", "surrogateescape")
        )


def _environment(scratch: Path, subject: Subject, user_site: str) -> dict[str, str]:
    """The user's own, except where the frameworks would write into the home or take all of the
    GPU's memory."""
    temporary = str(scratch / "temporary")
    caches = str(scratch / "caches")
    environment = {
        **os.environ,
        "KERAS_HOME": str(scratch / "keras"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONFAULTHANDLER": "1",
        "PYTHONUNBUFFERED": "1",
        "TF_FORCE_GPU_ALLOW_GROWTH": "true",
        "XLA_PYTHON_CLIENT_PREALLOCATE": "false",
        "JAX_ENABLE_COMPILATION_CACHE": "false",
        **dict.fromkeys(("TMPDIR", "TMP", "TEMP"), temporary),
        **dict.fromkeys(
            (
                *("CUDA_CACHE_PATH", "TORCHINDUCTOR_CACHE_DIR", "TRITON_CACHE_DIR"),
                *("MPLCONFIGDIR", "XDG_CACHE_HOME", "NUMBA_CACHE_DIR"),
            ),
            caches,
        ),
    }
    environment.update(_another_home(scratch, user_site))
    if subject.choose:
        environment["KERAS_BACKEND"] = subject.backend
    return environment


HOME = "USERPROFILE" if os.name == "nt" else "HOME"


def _another_home(scratch: Path, user_site: str) -> dict[str, str]:
    """A temporary home, where that changes nothing that is judged.

    The user's packages lie in the home and are named apart. A home that cannot be written is left
    as it is: nothing can be written there, and a framework may fail for that very reason.
    """
    home = os.environ.get(HOME, "")
    if not home or not os.access(home, os.W_OK):
        return {}
    found = {HOME: str(scratch / "home")}
    # `~/.local/lib/python3.11/site-packages`, and on macOS `.../lib/python/site-packages`.
    above = Path(user_site).parents
    if os.name != "nt" and len(above) > 3 and "PYTHONUSERBASE" not in os.environ:
        found["PYTHONUSERBASE"] = str(above[2])
    return found
