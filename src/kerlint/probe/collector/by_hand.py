"""The command line of the collector, where its file is copied somewhere and run by hand."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time

from kerlint.probe.collector.answering import encoded
from kerlint.probe.collector.assembling import CHILDREN, assembled, taken_apart
from kerlint.probe.collector.observing import Examined, observe
from kerlint.probe.redacting import Redactor, names_here

_USAGE = """usage: python collector.py [--folder DIR] [--seconds N] [--no-gpu] [--full] [--output FILE]

Observes the environment of this interpreter and writes JSON for `kerlint probe --from-json`.

  --folder DIR   the project's folder: what in it hides a module?
  --seconds N    for everything together (60)
  --no-gpu       do not call the driver's libraries
  --full         do not mask names, homes and credentials
  --output FILE  instead of standard output
"""
SCHEMA_OF_ANSWER = 1


def hand_main(words: list[str]) -> int:
    """Run what the words ask for; the exit code."""
    options = {"--folder": "", "--seconds": "60", "--output": ""}
    gpu, full = True, False
    rest = iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        if word == "--no-gpu":
            gpu = False
        elif word == "--full":
            full = True
        elif name in options:
            options[name] = value if equals else next(rest, "")
        else:
            asked = word in ("-h", "--help")
            (sys.stdout if asked else sys.stderr).write(_USAGE)
            return 0 if asked else 2
    folder = os.path.abspath(options["--folder"]) if options["--folder"] else ""
    try:
        seconds = float(options["--seconds"])
        scratch = os.path.realpath(tempfile.mkdtemp(prefix="kerlint-probe-"))
    except ValueError:
        sys.stderr.write(_USAGE)
        return 2
    except OSError as error:
        sys.stderr.write(f"no temporary folder can be written ({error}): set TMPDIR to one\n")
        return 2
    try:
        seen = observed_by_hand(folder, seconds, gpu, scratch)
        masks = Redactor(*names_here())
        text = encoded(seen if full else masks.deep(seen)) + "\n"
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    if options["--output"]:
        with open(options["--output"], "w", encoding="ascii") as file:
            file.write(text)
    else:
        sys.stdout.write(text)
    return 0


def observed_by_hand(folder: str, seconds: float, gpu: bool, scratch: str) -> dict[str, object]:
    """The observations of the running interpreter, by children that run pieces of this file."""
    with open(os.path.abspath(sys.argv[0]), encoding="utf-8") as file:
        pieces = taken_apart(file.read())
    texts = {role: assembled(pieces, role) for role in CHILDREN}
    examined = Examined(sys.executable, folder, os.environ, texts, scratch, seconds)
    seen = observe(examined, gpu)
    collected = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())
    return {"schema": SCHEMA_OF_ANSWER, "collected": collected, **seen, "folder": folder}
