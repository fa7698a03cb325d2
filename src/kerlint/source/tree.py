"""Text to LibCST tree, with light nodes where that is possible.

LibCST's native parser asks the module named `libcst` for a class of each node's name and calls it
with the node's fields. Importing the real package costs more than reading a hundred files, and
building its validated nodes more than parsing. So the parser is loaded beside a stand-in module
whose classes are bare `SimpleNamespace`s and whose white space is dropped. If this LibCST does not
play along, the real package is used: the rest of kerlint reads only fields, so it sees no
difference but speed.

The parser imports that module anew for every node. `PyImport_Import`, which it uses, calls the
`__import__` that the calling frame has among its builtins and then takes the module from
`sys.modules`: so the frame that calls the parser has an `__import__` that does nothing.

Fields that LibCST leaves out (an absent `asname`, say) read as None on light nodes; on real nodes
they are None or LibCST's "maybe" sentinel. `present` tells the two apart from a node.
"""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from types import ModuleType, SimpleNamespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class SyntaxProblem(Exception):
    """The text is no Python that LibCST can parse. `line` and `column` are 1-based."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


class LightNode(SimpleNamespace):
    """A node that holds its fields and nothing else."""

    # Often asked for, often left out: found here, they need no call of `__getattr__`.
    annotation = asname = body = cases = default = finalbody = handlers = key = keyword = None
    lower = orelse = returns = star_arg = star_kwarg = step = upper = None

    def __getattr__(self, name: str) -> None:
        return None


class _ParserError(Exception):
    """Stands for `libcst.ParserSyntaxError`: only keeps where parsing stopped."""

    def __init__(self, *args: Any, raw_line: int = 1, raw_column: int = 0, **fields: Any) -> None:
        super().__init__(fields.get("message", ""))
        self.raw_line = raw_line
        self.raw_column = raw_column


_DROPPED = frozenset(
    [
        "AssignEqual",
        "BitAnd",
        "Colon",
        "Comma",
        "Comment",
        "Dot",
        "EmptyLine",
        "LeftCurlyBrace",
        "LeftParen",
        "LeftSquareBracket",
        "Newline",
        "ParenthesizedWhitespace",
        "RightCurlyBrace",
        "RightParen",
        "RightSquareBracket",
        "Semicolon",
        "SimpleWhitespace",
        "TrailingWhitespace",
    ]
)
"""Node types that say how the text looks, not what it means."""

_KEPT_DOTS = SimpleNamespace()


_nothing = "".format
"""A built-in function that takes any arguments, does next to nothing and returns an empty text.

A dropped node is called for at nearly every token: a function of Python's own would cost a tenth of
all parsing.
"""


def _a_dot(**_fields: object) -> SimpleNamespace:
    return _KEPT_DOTS


def _stand_in() -> ModuleType:
    """Answers for `libcst` while the native parser looks for its classes."""
    module = ModuleType("libcst")
    names: dict[str, Any] = vars(module)

    def make(name: str) -> Any:
        """The class of a kind of node, when it is looked for first."""
        if name.startswith("__"):
            raise AttributeError(name)
        made: Any
        if name == "Dot":
            made = _a_dot  # the dots of a relative import are counted
        elif name in _DROPPED:
            made = _nothing
        else:
            made = type(name, (LightNode,), {"__slots__": ()})
        names[name] = made
        return made

    names["__getattr__"] = make
    names["__spec__"] = ModuleSpec("libcst", None)  # else each look at it would raise an error
    names["ParserSyntaxError"] = _ParserError
    return module


_parser: Callable[[str], Any] | None = None


def parse(text: str) -> Any:
    """The LibCST module node of `text`.

    Raises SyntaxProblem when the text does not parse.
    """
    global _parser
    if _parser is None:
        _parser = _light_parser() or _real_parser()
    return _without_tabs(_parser, text)


def parse_real(text: str) -> Any:
    """Like `parse`, with LibCST's own nodes."""
    return _without_tabs(_real_parser(), text)


def _without_tabs(parser: Callable[[str], Any], text: str) -> Any:
    """Parse, if need be with a space for every tab that a line begins with.

    Python takes lines that are indented by spaces and then tabs, below others that are by a tab,
    where LibCST finds no block for them. It takes them only if they mean the same however wide a
    tab is, so one column will do; and every place in the text stays what it is.
    https://docs.python.org/3/reference/lexical_analysis.html#indentation
    """
    try:
        return parser(text)
    except SyntaxProblem:
        if "\t" not in text or not _is_python(text):
            raise
    import re

    return parser(re.sub(r"(?m)^[ \t]+", lambda indent: indent[0].replace("\t", " "), text))


def _is_python(text: str) -> bool:
    """Whether the running Python can parse the text."""
    from kerlint.source.syntax import parses

    return parses(text.encode("utf-8", "surrogatepass"))


def _light_parser() -> Callable[[str], Any] | None:
    """A parser with light nodes, or None if this LibCST cannot be used that way."""
    if "libcst" in sys.modules:
        return None
    native = _load_native()
    if native is None:
        return None
    stand_in = _stand_in()
    frame = {"parse": native.parse_module, "__builtins__": {"__import__": _nothing}}
    parse_module = eval("lambda text: parse(text)", frame)

    def parse_light(text: str) -> Any:
        kept = {name: sys.modules.get(name) for name in ("libcst", "libcst.native")}
        sys.modules["libcst"] = stand_in
        release = _hold_interrupts()
        try:
            return parse_module(text)
        except _ParserError as error:
            raise _problem(error, text) from None
        except UnicodeEncodeError:
            raise SyntaxProblem("the text holds a lone surrogate", 1, 1) from None
        finally:
            for name, module in kept.items():
                if module is None:
                    sys.modules.pop(name, None)
                else:
                    sys.modules[name] = module
            release()

    try:
        probe = parse_light("from .a import b as c\nc.d(e, *f, g=1)\n")
        statement = probe.body[0].body[0]
        call = probe.body[1].body[0].value
        works = (
            len(statement.relative) == 1
            and statement.names[0].asname.name.value == "c"
            and [argument.star for argument in call.args] == ["", "*", ""]
            and call.args[2].keyword.value == "g"
        )
    except Exception:
        return None
    return parse_light if works else None


def _hold_interrupts() -> Callable[[], object]:
    """Let Ctrl-C wait until what is returned is called.

    The parser looks its classes up through a function of the stand-in. If an interrupt ended that,
    the parser would write its own message and give up with an error that is none of Python's. Where
    signals cannot be held back (Windows), that stays possible.
    """
    try:
        from _signal import (  # type: ignore[import-not-found]
            SIG_BLOCK,
            SIG_SETMASK,
            SIGINT,
            pthread_sigmask,
        )
    except ImportError:
        return _nothing
    before = pthread_sigmask(SIG_BLOCK, {SIGINT})
    return lambda: pthread_sigmask(SIG_SETMASK, before)


def _load_native() -> Any:
    """LibCST's extension module, loaded without its package; None if it cannot be found."""
    import os
    from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader
    from importlib.util import module_from_spec, spec_from_loader

    for folder in sys.path:
        for suffix in EXTENSION_SUFFIXES:
            file = os.path.join(folder, "libcst", "native" + suffix)
            if os.path.isfile(file):
                try:
                    loader = ExtensionFileLoader("libcst.native", file)
                    spec = spec_from_loader("libcst.native", loader)
                    assert spec is not None
                    native = module_from_spec(spec)
                    loader.exec_module(native)
                except Exception:
                    return None
                return native if hasattr(native, "parse_module") else None
    return None


def _real_parser() -> Callable[[str], Any]:
    import libcst

    def parse_module(text: str) -> Any:
        try:
            return libcst.parse_module(text)
        except libcst.ParserSyntaxError as error:
            raise _problem(error, text) from None
        except Exception as error:
            raise SyntaxProblem(str(error) or type(error).__name__, 1, 1) from None

    return parse_module


def _problem(error: Any, text: str) -> SyntaxProblem:
    """What the parser said, in the words and the place of Python's own parser where it agrees."""
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<source>", "exec", 0x400, dont_inherit=True)
    except SyntaxError as found:
        return SyntaxProblem(found.msg, found.lineno or 1, max(found.offset or 1, 1))
    except (ValueError, RecursionError, MemoryError) as found:
        return SyntaxProblem(str(found) or "too deeply nested", 1, 1)
    line = max(int(getattr(error, "raw_line", 1)), 1)
    return SyntaxProblem("invalid syntax", line, max(int(getattr(error, "raw_column", 0)), 0) + 1)


def present(field: Any) -> bool:
    """Whether an optional field holds something."""
    return field is not None and field.__class__.__name__ != "MaybeSentinel"


def kind_of(node: Any) -> str:
    """The LibCST class name of a node."""
    name: str = node.__class__.__name__
    return name
