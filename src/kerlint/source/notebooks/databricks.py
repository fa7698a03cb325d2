"""Notebooks that Databricks keeps as scripts: their commands stand in comments, `# MAGIC %env X=v`.

https://docs.databricks.com/aws/en/notebooks/notebook-format
"""

from __future__ import annotations

import re

from kerlint.source.notebooks.translation import Translation

HEADER = "# Databricks notebook source"

_COMMAND = re.compile(r"# MAGIC (?=[%!])")
_OTHER_CELLS = re.compile(r"%(?:fs|md|md-sandbox|r|scala|sh|sql)\b")
"""What stands below these, in comments too, is for another language."""


def translate(translation: Translation) -> None:
    """Replace the commands by what they mean."""
    inside = other = False
    for number, line in enumerate(translation.lines):
        if not line.startswith("# MAGIC"):
            inside = False
            continue
        match = _COMMAND.match(line)
        command = line[match.end() :] if match else ""
        other = (other and inside) or _OTHER_CELLS.match(command) is not None
        inside = True
        if other or not match or "kerlint:" in line:
            continue
        translation.uncomment(number, "", match.end())
