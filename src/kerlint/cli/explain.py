"""`kerlint explain [LOG|-]` and `kerlint explain --command -- PROGRAM ...`."""

from __future__ import annotations

import codecs
import sys
from typing import IO, TYPE_CHECKING, Any

from kerlint.cli.arguments import Parser
from kerlint.failures import Failure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.explaining import Explanation

HARMLESS, CAUSE, NOTHING = 0, 1, 2
"""Exit codes: only harmless lines; a cause; no line that kerlint knows (or no log to read)."""

PIECE = 1 << 20
"""Bytes that are read at a time."""


def run(argv: Sequence[str]) -> int:
    """Explain a log, or run a command and explain its failure. Raises Failure."""
    mark = argv.index("--") if "--" in argv else len(argv)
    options, command = argv[:mark], list(argv[mark + 1 :])
    found = _parser().parse(options)
    if found.command:
        if not command:
            raise Failure("say which command, like `kerlint explain --command -- python train.py`")
        if found.log is not None:
            raise Failure(f"`{found.log}` stands before the `--`; put the whole command behind it")
        from kerlint.cli.explain_command import run_and_explain

        return run_and_explain(command, found.format, gpu=found.require_gpu)
    path = found.log if found.log is not None else (command[0] if command else "-")
    explanation = explain_file(path, gpu=found.require_gpu)
    sys.stdout.write(written(explanation, found.format))
    return exit_code(explanation)


def explain_file(path: str, *, gpu: bool = False) -> Explanation:
    """Explain a file of any size; `-` is standard input. Raises Failure."""
    if path == "-":
        stream: Any = getattr(sys.stdin, "buffer", None)
        if stream is None:
            raise Failure("there is no standard input to read")
        if sys.stdin.isatty():
            sys.stderr.write("Paste the log, then press Ctrl-D (Windows: Ctrl-Z and Return).\n")
        return explain_stream(stream, gpu=gpu)
    try:
        with open(path, "rb") as file:
            return explain_stream(file, gpu=gpu)
    except OSError as error:
        raise Failure(f"cannot read {path}: {error.strerror or error}") from None


def explain_stream(stream: IO[bytes], *, gpu: bool = False) -> Explanation:
    """Explain bytes, in UTF-8 or, as PowerShell writes it, UTF-16 with a mark at the start."""
    from kerlint.explaining import Reader, judge

    reader = Reader()
    piece = stream.read(PIECE)
    wide = piece[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    decoder = codecs.getincrementaldecoder("utf-16" if wide else "utf-8")("replace")
    while piece:
        reader.feed(decoder.decode(piece))
        piece = stream.read(PIECE)
    reader.feed(decoder.decode(b"", final=True))
    return judge(reader.end(), gpu=gpu)


def written(explanation: Explanation, form: str) -> str:
    """The explanation as text or JSON."""
    from kerlint.explaining import output

    return output.as_json(explanation) if form == "json" else output.as_text(explanation)


def exit_code(explanation: Explanation) -> int:
    """0: only harmless lines; 1: a cause; 2: nothing that kerlint knows."""
    if explanation.cause is not None:
        return CAUSE
    return HARMLESS if explanation.lines and explanation.unknown is None else NOTHING


def _parser() -> Parser:
    parser = Parser(
        prog="kerlint explain",
        usage="kerlint explain [OPTIONS] [LOG | --command -- PROGRAM ...]",
        description="Say which line of a TensorFlow, Keras, JAX, torch or CUDA log is the cause, "
        "what to do, and which lines mean nothing. Exit code: 0 only harmless lines, 1 a cause, "
        "2 no line that kerlint knows; with --command that of the program.",
        allow_abbrev=False,
    )
    parser.add_argument("log", nargs="?", metavar="LOG", help="a file; `-` or none: standard input")
    parser.add_argument(
        "--command",
        action="store_true",
        help="run the program behind `--`, pass its output through, explain it if it fails",
    )
    parser.add_argument(
        "--require-gpu",
        action="store_true",
        help="a GPU is wanted: what is harmless without one is a cause then",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", metavar="FORMAT")
    return parser
