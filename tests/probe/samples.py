"""An examined environment with a finding of each severity, for the tests of the reports."""

from __future__ import annotations

from kerlint.probe.finding import Evidence, Finding
from kerlint.probe.gpu_observations import Call, GpuStack
from kerlint.probe.observations import (
    Distribution,
    Gap,
    Interpreter,
    ModuleFound,
    Observations,
    PathEntry,
    Record,
)
from kerlint.probe.outcome import Examination
from kerlint.probe.trial_observations import Trial, TrialStep


def seen() -> Observations:
    return Observations(
        collected="2026-11-21T12:00:00+00:00",
        folder="~/project",
        interpreter=Interpreter(
            executable="~/env/bin/python", version="3.11.7", system="Linux", machine="x86_64"
        ),
        path=[PathEntry("/usr/lib/python3.11", "stdlib")],
        distributions=[
            Distribution(name="keras", version="3.15.1", record=Record(True, 1200, 1)),
            Distribution(name="numpy", version="2.2.6"),
        ],
        modules=[ModuleFound(name="tensorflow")],
        trials=[
            Trial(
                subject="keras",
                backend="jax",
                ended="failed",
                error="ImportError: cannot import name 'layers'",
                last_step="found",
            ),
            Trial(
                subject="jax",
                ended="well",
                seconds=1.25,
                steps=[
                    TrialStep("found", True),
                    TrialStep("imported", True, "0.10.2"),
                    TrialStep("devices", True, "cpu:0"),
                    TrialStep("computed", True),
                ],
                device_of_result="cpu:0",
            ),
        ],
        gpu=GpuStack(pci_devices=0, calls=[Call("nvml", "well")]),
        not_checked=[Gap("files of numpy", "it has no RECORD")],
    )


def findings() -> list[Finding]:
    return [
        Finding(
            code="KER612",
            name="files-missing",
            severity="error",
            message="1 file of keras 3.15.1 is not there",
            path="~/env/lib/python3.11/site-packages/keras-3.15.1.dist-info/RECORD",
            help="Install it again.",
            evidence=[
                Evidence("not there: keras/src/layers/__init__.py", "~/env/lib"),
                Evidence("ImportError: cannot import name 'layers'", "import keras"),
                Evidence("third"),
                Evidence("<script>alert(1)</script> | `fourth` \x1b[31m"),
            ],
            commands=["~/env/bin/python -m pip install --force-reinstall --no-deps keras==3.15.1"],
            subject="distribution keras",
        ),
        Finding(
            code="KER645",
            name="user-site-leak",
            severity="warning",
            message="numpy comes from the user site",
            path="~/.local/lib/python3.11/site-packages",
            confidence="likely",
        ),
        Finding(
            code="KER632",
            name="backend-choice",
            severity="info",
            message="Keras will run on jax, by KERAS_BACKEND",
            path="~/env/bin/python",
        ),
    ]


def sample() -> Examination:
    return Examination(
        seen(), findings(), ["Examined: ~/env (the active virtual environment)."], pins=2
    )


def sound() -> Examination:
    return Examination(seen(), [])
