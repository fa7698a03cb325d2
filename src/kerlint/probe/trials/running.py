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
    python: str, subject: Subject, *, gpu: bool, keras_json: str | None, seconds: float
) -> Trial:
    """Start the framework and record what came of it. Nothing is written outside a new folder
    in the temporary one, and that is removed."""
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
            environment=_environment(scratch, subject),
            folder=str(scratch / "work"),
            seconds=seconds,
            guard=bundle.text("guard"),
        )
        return trial_of(subject, ended, scratch / "result.jsonl", nonce)


def _lay_out(scratch: Path, keras_json: str | None) -> None:
    for name in ("work", "keras", "temporary", "caches"):
        (scratch / name).mkdir()
    parts = scratch / "parts" / PACKAGE
    parts.mkdir(parents=True)
    for part in PARTS.glob("*.py"):
        (parts / part.name).write_bytes(part.read_bytes())
    if keras_json is not None:
        (scratch / "keras" / "keras.json").write_bytes(
            keras_json.encode("utf-8", "surrogateescape")
        )


def _environment(scratch: Path, subject: Subject) -> dict[str, str]:
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
    if subject.choose:
        environment["KERAS_BACKEND"] = subject.backend
    return environment
