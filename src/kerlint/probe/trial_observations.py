"""What came of starting a framework in a child; see `observations`."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class TrialStep:
    """`value`: what came out (a version, a device, a number), as text; `seconds` since start."""

    step: str = ""
    ok: bool = False
    value: str = ""
    error: str = ""
    seconds: float = 0.0


@dataclass
class Trial:
    """One framework started in a child.

    `subject`   `tensorflow`, `keras`, `tf_keras`, `jax`, `torch`
    `backend`   the Keras backend it ran with, else ""
    `ended`     `well`, `failed` (an exception), `crashed`, `timed-out`, `no-result`, `not-run`
    `error`     kind of the exception and the first line of its message; `traceback` its tail,
                or the stacks of the threads where it crashed or hung
    `last_step` the last step that was begun
    `devices`   what the framework sees, the CPU too, as it calls them: `CPU:0 GPU:0` (TensorFlow),
                `cpu:0`, `gpu:0` (JAX), `cpu`, `cuda:0` (torch)
    `device_of_result`  where the operation really ran; "" if none ran
    `loaded`    GPU libraries really loaded (paths), from the process map
    `output`    the end of its standard output and error
    `output_bytes` how much it wrote in all
    `left_behind`  processes that it started outlived it, and were ended by the probe
    `left`      their names, as far as they are known
    """

    subject: str = ""
    backend: str = ""
    ended: str = "not-run"
    returncode: int | None = None
    signal: int | None = None
    seconds: float = 0.0
    error: str = ""
    traceback: str = ""
    last_step: str = ""
    steps: list[TrialStep] = field(default_factory=list)
    devices: list[str] = field(default_factory=list)
    device_of_result: str = ""
    loaded: list[str] = field(default_factory=list)
    output: str = ""
    output_bytes: int = 0
    left_behind: bool = False
    left: list[str] = field(default_factory=list)
