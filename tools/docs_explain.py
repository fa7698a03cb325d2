"""The page about `kerlint explain`: `explain.md` with real outputs and the table of messages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from kerlint.cli.explain import explain_file
from kerlint.explaining.cleaning import clean
from kerlint.explaining.messages import Message, all_messages
from kerlint.explaining.output import as_text

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "tools" / "explain.md"


def page() -> str:
    """The text of docs/explain.md."""

    def put_in(found: re.Match[str]) -> str:
        if found[1] == "table":
            return "\n".join(_table())
        if found[1] == "count":
            return str(len(all_messages()))
        return as_text(explain_file(str(ROOT / "fixtures" / "logs" / f"{found[1]}.log")))

    return re.sub(r"\{\{([\w-]+)\}\}", put_in, TEMPLATE.read_text(encoding="utf-8")) + "\n"


def _table() -> Iterator[str]:
    """A table for each file of messages, under the first sentence of its docstring."""
    for name in _files():
        module = import_module(f"kerlint.explaining.table.{name}")
        yield f"### {(module.__doc__ or '').strip().removesuffix('.')}\n"
        yield "| message | what it is | rules |"
        yield "| --- | --- | --- |"
        for message in module.MESSAGES:
            kind = f"{message.kind} (*GPU*)" if message.gpu else message.kind
            codes = ", ".join(message.codes)
            text = f"`{_shown(message)}`"
            yield f"| {text} | [{kind}]({message.source}) | {codes} |"
        yield ""


def _files() -> list[str]:
    folder = ROOT / "src" / "kerlint" / "explaining" / "table"
    return sorted(path.stem for path in folder.glob("[a-z]*.py"))


def _shown(message: Message) -> str:
    """The message as it is printed, short, fit for a cell."""
    text = clean(message.example)
    text = text if len(text) <= 110 else text[:107] + "..."
    return text.replace("`", "'").replace("|", "\\|")
