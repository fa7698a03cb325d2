"""Random programs that import Keras and TensorFlow in many ways and use what they have, and lack.

There is always `first`, a module. A variable gets a new name, unless the program is `unsure`: there names are bound anew, and what
runs may depend on the answers of `flag()`. Every function and method is called where it is defined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

from tests.names_property.library import (
    CLASSES,
    GONE,
    GONE_METHODS,
    GONE_MODULES,
    METHODS,
    NAMES,
    REFUSED,
    children,
)

DEEPEST = 3
MOST_QUESTIONS = 4

FIRST = {
    "import keras as first": "keras",
    "import tensorflow as first": "tensorflow",
    "from tensorflow import keras as first": "tensorflow.keras",
}
USES = (
    *("{e}", "{e}", "{v} = {e}", "{v}: object = {e}", "({v} := {e})", "{v} = [\n    {e},\n]"),
    *("[{e} for i in range(1)]", "sum(1 for i in [1] if {e} is not i)", "[{e}][0]", "({e}, 1)"),
    *("(lambda: {e})()", "list(map(lambda i: {e}, [1]))", "{e} if True else None", "None or {e}"),
    *('{{"a": {e}}}', "dict(a={e})", "not {e}", "str({e})", "next(iter([{e}]))"),
    *("assert {e} != ...", "if {e} is None: pass", "for i in [{e}]: pass"),
    *("while {e} == ...: break", "1 if {e} is None else 2"),
    *("print(*[{e}], end='')", 'dict(**{{"a": {e}}})', "f'{{({e})!s}}'"),
    "match {e}:\n    case None:\n        pass\n    case _:\n        pass",
    "match 1:\n    case 2:\n        pass\n    case {v} if {e} is not ...:\n        pass",
)
ALIASES = (
    *("{v} = {e}", "{v}, _ = {e}, 1", "{v} = _ = {e}", "{v}: object = {e}", "({v} := {e})"),
    "{v} = {e} if True else {e}",
)
OLD = (
    *('{m}.__version__.startswith("1.")', 'int({m}.__version__.split(".")[0]) < 2'),
    *('{m}.__version__ < "1.5"', '{m}.__version__[0] == "1"'),
    'tuple(int(i) for i in {m}.__version__.split(".")[:2]) < (2, 0)',
)
"""Tests that are false."""
OLD_PARTS = ("{a} < 2", "{a} == 1", "({a}, {b}) < (1, 5)", "not {a} > 1", "{a} < 2 and {b} > 3")
"""The same of the first two numbers of a version, unpacked."""
CATCHING = ("ImportError", "AttributeError", "(TypeError, AttributeError)", "Exception", "")

OWN = 'type("Own", (), {"__getattr__": lambda *_: lambda *_, **__: None})()'
"""An object that has everything."""
FUNCTIONS = ("Input", "clear_session", "constant", "epsilon", "to_categorical")

Meaning = tuple[str, str]
"""What a variable holds: a `module` by its name, a `thing` by its name, an `instance` of a class."""

UNKNOWN: Meaning = ("unknown", "")


def program(random: Random, *, unsure: bool) -> str:
    """The text of one program."""
    writer = _Writer(random, unsure)
    first = random.choice(list(FIRST))
    writer.add(0, first)
    writer.add(0, "import functools")
    writer.scopes[0]["first"] = ("module", FIRST[first])
    for _ in range(random.randint(0, 3)):
        writer.imports(0)
    for _ in range(random.randint(2, 9)):
        writer.statement(0)
    return "\n".join(writer.lines) + "\n"


class _Writer:
    def __init__(self, random: Random, unsure: bool) -> None:
        self.random = random
        self.unsure = unsure
        self.lines: list[str] = []
        self.scopes: list[dict[str, Meaning]] = [{}]
        self.made = 0
        self.questions = 0

    def add(self, indent: int, text: str) -> None:
        self.lines += ["    " * indent + line for line in text.split("\n")]

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def fresh(self, stem: str = "v") -> str:
        self.made += 1
        return f"{stem}{self.made}"

    def bind(self, name: str, meaning: Meaning) -> None:
        self.scopes[-1][name] = meaning

    def visible(self, kind: str) -> list[tuple[str, str]]:
        """The variables in view that hold such a thing, and which."""
        names: dict[str, Meaning] = {}
        for scope in self.scopes:
            names.update(scope)
        return [(name, what) for name, (held, what) in names.items() if held == kind]

    @contextmanager
    def scope(self) -> Iterator[None]:
        self.scopes.append({})
        yield
        self.scopes.pop()

    # Expressions

    def module(self) -> tuple[str, str]:
        """A chain that stands for a module, and its name."""
        text, module = self.random.choice(self.visible("module"))
        while children(module) and self.chance(0.6):
            module = self.random.choice(children(module))
            text += "." + module.rpartition(".")[2]
        return (f"({text})" if self.chance(0.07) else text), module

    def name(self, module: str) -> str:
        """A name that the module has, or lacks."""
        return self.random.choice((GONE if self.chance(0.5) else NAMES)[module])

    def thing(self) -> tuple[str, str]:
        """A chain that ends in what a module has, or lacks, and its last name."""
        text, module = self.module()
        name = self.name(module)
        return f"{text}.{name}", name

    def call(self) -> tuple[str, Meaning]:
        text, name = self.thing()
        if name in REFUSED and self.chance(0.3):
            first = self.random.choice(("", "3, "))
            if self.chance(0.2):
                return f"functools.partial({text}, {REFUSED[name]}=2)()", UNKNOWN
            return f"{text}({first}{REFUSED[name]}=2)", UNKNOWN
        if name in CLASSES:
            return f"{text}({self.random.choice(('', '3'))})", ("instance", name)
        return f"{text}()", UNKNOWN

    def method(self, variable: str, owner: str) -> str:
        method = self.random.choice((*METHODS[owner], *GONE_METHODS[owner]))
        return f"{variable}.{method}" + self.random.choice(("(1)", "(1)", ""))

    def expression(self) -> str:
        kind = self.random.choice(("thing", "thing", "call", "call", "call", "method", "getattr"))
        models = [(name, owner) for name, owner in self.visible("instance") if owner in METHODS]
        if kind == "method" and models:
            return self.method(*self.random.choice(models))
        if kind == "getattr":
            text, module = self.module()
            default = self.random.choice(("", ", None"))
            return f'getattr({text}, "{self.name(module)}"{default})'
        return self.thing()[0] if kind == "thing" else self.call()[0]

    # Statements

    def statement(self, indent: int) -> None:
        kinds: list[Callable[[int], None]] = [
            *[self.use] * 6,
            *[self.alias] * 2,
            *[self.instance, self.imports],
        ]
        if indent < DEEPEST:
            kinds += [self.function, self.class_, self.loop, self.guard, self.guard, self.closure]
        if self.unsure:
            kinds += [self.rebinding, self.rebinding_elsewhere]
            if indent < DEEPEST and self.questions < MOST_QUESTIONS:
                kinds += [self.branch, self.branch]
        self.random.choice(kinds)(indent)

    def block(self, indent: int) -> None:
        for _ in range(self.random.randint(1, 3)):
            self.statement(indent)

    def inner(self, indent: int) -> None:
        """A block whose names nobody uses after it."""
        with self.scope():
            self.block(indent)

    def imports(self, indent: int) -> None:
        ways = [self._import, self._import_as, self._from, self._from_gone, self._gone_module]
        ways.append(self._by_string)
        if not indent:
            ways.append(self._star)
        self.random.choice(ways)(indent, self.random.choice(list(NAMES)))

    def _import(self, indent: int, module: str) -> None:
        top = module.partition(".")[0]
        self.add(indent, f"import {module}")
        self.bind(top, ("module", top))

    def _import_as(self, indent: int, module: str) -> None:
        name = self.fresh()
        self.add(indent, f"import {module} as {name}")
        self.bind(name, ("module", module))

    def _from(self, indent: int, module: str) -> None:
        found: list[Meaning] = [("thing", name) for name in NAMES[module]]
        found += [("module", name) for name in children(module)]
        meaning = self.random.choice(found)
        name, variable = meaning[1].rpartition(".")[2], self.fresh()
        self.add(indent, f"from {module} import {name} as {variable}")
        self.bind(variable, meaning)

    def _from_gone(self, indent: int, module: str) -> None:
        name, other = self.random.choice(GONE[module]), self.random.choice(NAMES[module])
        form = self.random.choice(("{n} as {v}", "({o} as {w}, {n} as {v})"))
        names = form.format(n=name, o=other, v=self.fresh(), w=self.fresh())
        self.add(indent, f"from {module} import {names}")

    def _gone_module(self, indent: int, _module: str) -> None:
        form = self.random.choice(("import {m} as {v}", "from {m} import Thing as {v}"))
        self.add(indent, form.format(m=self.random.choice(GONE_MODULES), v=self.fresh()))

    def _by_string(self, indent: int, module: str) -> None:
        name = self.fresh()
        self.add(indent, f'import importlib\n{name} = importlib.import_module("{module}")')
        self.bind(name, ("module", module))

    def _star(self, indent: int, module: str) -> None:
        self.add(indent, f"from {module} import *")

    def use(self, indent: int) -> None:
        form = self.random.choice(USES)
        self.add(indent, form.format(e=self.expression(), v=self.fresh()))

    def alias(self, indent: int) -> None:
        text, module = self.module()
        name = self.fresh()
        self.add(indent, self.random.choice(ALIASES).format(e=text, v=name))
        self.bind(name, ("module", module))
        if self.chance(0.5):
            self.add(indent, f"{name}.{self.name(module)}")

    def instance(self, indent: int) -> None:
        text, meaning = self.call()
        name = self.fresh()
        self.add(indent, f"{name} = {text}")
        self.bind(name, meaning)
        if meaning[1] in METHODS:
            self.add(indent, self.method(name, meaning[1]))

    def loop(self, indent: int) -> None:
        form = self.random.choice(("for i in range(2):", "while True:"))
        self.add(indent, form)
        self.block(indent + 1)
        if form.startswith("while"):
            self.add(indent + 1, "break")

    def function(self, indent: int) -> None:
        name = self.fresh("f")
        if self.chance(0.15):
            self.add(indent, f"@(lambda function: [{self.thing()[0]}, function][1])")
        default = f"p={self.expression()}" if self.chance(0.2) else ""
        returned = f" -> {self.thing()[0]}" if self.chance(0.1) else ""
        self.add(indent, f"def {name}({default}){returned}:")
        with self.scope():
            self.block(indent + 1)
            if self.chance(0.3):
                self.add(indent + 1, f"return {self.expression()}")
        self.add(indent, f"{name}()")

    def closure(self, indent: int) -> None:
        """A function within one, which may bind a name of the outer one to the same module."""
        text, module = self.module()
        name, outer, inner = self.fresh(), self.fresh("f"), self.fresh("f")
        self.add(indent, f"def {outer}():")
        self.add(indent + 1, f"{name} = {text}\ndef {inner}():")
        if self.chance(0.4):
            self.add(indent + 2, f"nonlocal {name}\n{name} = {text}")
        self.add(indent + 2, f"{name}.{self.name(module)}")
        self.add(indent + 1, f"{inner}()\n{name}.{self.name(module)}")
        self.add(indent, f"{outer}()")

    def class_(self, indent: int) -> None:
        name = self.fresh("C")
        text, last = self.thing()
        base = f"({text})" if self.chance(0.4) and last not in FUNCTIONS else ""
        self.add(indent, f"class {name}{base}:")
        self.inner(indent + 1)
        self.add(indent + 1, "def method(self):")
        self.inner(indent + 2)
        self.add(indent, f"{name}().method()")
        if self.chance(0.4):
            text, module = self.module()
            self.add(indent, f"class {name}Late:")
            self.add(indent + 1, "def method(self):")
            self.add(indent + 2, f"self.held = {text}")
            self.add(indent + 2, f"self.held.{self.name(module)}")
            self.add(indent, f"{name}Late().method()")

    def guard(self, indent: int) -> None:
        self.random.choice((self._try, self._asked, self._old, self._suppressed))(indent)

    def _try(self, indent: int) -> None:
        form = self.random.choice(("except", "else", "finally"))
        self.add(indent, "try:")
        if form == "except":
            self.inner(indent + 1)
            self.add(indent, f"except {self.random.choice(CATCHING)}:".replace(" :", ":"))
            self.add(indent + 1, "pass")
            return
        self.add(indent + 1, "pass")
        if form == "else":
            self.add(indent, "except AttributeError:")
            self.add(indent + 1, "pass")
        self.add(indent, f"{form}:")
        self.block(indent + 1)

    def _asked(self, indent: int) -> None:
        text, module = self.module()
        name = self.random.choice(GONE[module])
        if self.chance(0.3):
            self.add(indent, f'if "{name}" in dir({text}):')
        elif self.chance(0.5):
            self.add(indent, f'if hasattr({text}, "{name}"):')
        else:
            self.add(indent, f'if not hasattr({text}, "{name}"):')
            self.add(indent + 1, "pass")
            self.add(indent, "else:")
        self.add(indent + 1, f"{text}.{name}")

    def _old(self, indent: int) -> None:
        roots = [name for name, what in self.visible("module") if what in ("keras", "tensorflow")]
        if not roots:
            self.use(indent)
            return
        root = self.random.choice(roots)
        test = self.random.choice(OLD).format(m=root)
        if self.chance(0.4):
            major, minor = self.fresh(), self.fresh()
            numbers = self.random.choice(("map(int, {s})", "(int(i) for i in {s})"))
            numbers = numbers.format(s=f'{root}.__version__.split(".")[:2]')
            self.add(indent, f"{major}, {minor} = {numbers}")
            if self.chance(0.2):
                self.add(indent, f"match {major}:\n    case 1:")
                self.inner(indent + 2)
                return
            test = self.random.choice(OLD_PARTS).format(a=major, b=minor)
        self.add(indent, f"if {test}:")
        self.inner(indent + 1)
        if self.chance(0.5):
            self.add(indent, "else:")
            self.inner(indent + 1)

    def _suppressed(self, indent: int) -> None:
        errors = self.random.choice(("AttributeError", "ImportError", "Exception"))
        self.add(indent, "import contextlib")
        self.add(indent, f"with contextlib.suppress({errors}):")
        self.inner(indent + 1)

    def branch(self, indent: int) -> None:
        self.questions += 1
        self.add(indent, "if flag():")
        self.inner(indent + 1)
        self.add(indent, "else:")
        self.inner(indent + 1)

    def rebinding_elsewhere(self, indent: int) -> None:
        """Let an inner function bind a name to something that has everything."""
        text, module = self.module()
        name, inner = self.fresh(), self.fresh("f")
        use = f"{name}.{self.name(module)}"
        if indent:
            outer = self.fresh("f")
            self.add(indent, f"def {outer}():")
            self.add(indent + 1, f"{name} = {text}\ndef {inner}():")
            self.add(indent + 2, f"nonlocal {name}\n{name} = {OWN}")
            self.add(indent + 1, f"{inner}()\n{use}")
            self.add(indent, f"{outer}()")
        else:
            self.add(0, f"{name} = {text}\ndef {inner}():")
            self.add(1, f"global {name}\n{name} = {OWN}")
            self.add(0, f"{inner}()\n{use}")

    def rebinding(self, indent: int) -> None:
        """Bind a name of this scope to something else."""
        names = [name for name, meaning in self.scopes[-1].items() if meaning != UNKNOWN]
        names = [name for name in names if name != "first"]
        if not names:
            self.use(indent)
            return
        name = self.random.choice(names)
        text, module = self.module()
        form = self.random.choice(("own", "other", "perhaps", "import"))
        if form == "own":
            self.add(indent, f"{name} = {OWN}")
            self.bind(name, UNKNOWN)
        elif form == "other":
            self.add(indent, f"{name} = {text}")
            self.bind(name, ("module", module))
        elif form == "import":
            module = self.random.choice(list(NAMES))
            self.add(indent, f"import {module} as {name}")
            self.bind(name, ("module", module))
        elif self.questions < MOST_QUESTIONS:
            self.questions += 1
            self.add(indent, "if flag():")
            self.add(indent + 1, f"{name} = {text}")
            self.bind(name, UNKNOWN)
