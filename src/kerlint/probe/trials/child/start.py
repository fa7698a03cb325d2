"""What the examined interpreter is told to run: `run(folder)`."""

from __future__ import annotations

import json
import os
import sys

from . import jax_steps, keras_steps, limits, tensorflow_steps, torch_steps
from .libraries import loaded
from .recorder import Recorder, Stop


def run(folder: str) -> None:
    """Do what `request.json` in `folder` asks for, and record it in `result.jsonl` there."""
    with open(os.path.join(folder, "request.json"), encoding="utf-8") as file:
        request = json.load(file)
    limits.apply(request["seconds"])
    sys.argv = [""]
    record = Recorder(os.path.join(folder, "result.jsonl"), request["nonce"])
    record.write(begin="started")
    subject, gpu = request["subject"], request["gpu"]
    try:
        if subject == "tensorflow":
            tensorflow_steps.run(record, gpu)
        elif subject == "jax":
            jax_steps.run(record, gpu)
        elif subject == "torch":
            torch_steps.run(record, gpu)
        else:
            keras_steps.run(record, subject, folder)
    except Stop:
        pass
    record.write(loaded=loaded())
    record.write(end=True, failed=record.failed)
