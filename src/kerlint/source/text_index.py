"""The second gate's eye: which full names the bytes of a file may speak of.

A flat over-approximation of `names.py`: imports, aliases and attribute chains, found by regular
expressions on the raw bytes. There are no scopes; strings and comments count. It never decides a
finding, it only proves that there can be none. Every expression begins with a literal, because
`re` then skips to the next place where it can match at all, ten times faster than otherwise.
"""

from __future__ import annotations

import re

from kerlint.source.text_sites import COMMENT, WORD, Site, Sites, assigned_names, getattrs, tail_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    class Interest(Protocol):
        """Which names are worth following."""

        def module(self, written: bytes) -> str:
            """The full name of the module that an import spells; "" if it is of no interest."""

        def is_private(self, module: str) -> bool:
            """Whether only the import of the module is of interest, none of its uses."""

        def is_class(self, name: str) -> bool:
            """Whether the name is a class whose instances are of interest."""

        def makes_instance(self, name: str) -> bool:
            """Whether a call of the name returns one: of a class, and of some functions."""

        def brought(self, module: str) -> frozenset[str]:
            """The names that `from MODULE import *` may bring."""

        def matters(self, name: str) -> bool:
            """Whether an alias of the name can lead to a finding (a constant's cannot)."""


_FROM = re.compile(
    rb"from(?:[ \t\f]|\\\r?\n)*(\.*(?:[ \t\f]|\\\r?\n)*\w*(?:[ \t]*\.[ \t]*\w+)*)"
    rb"(?:[ \t\f]|\\\r?\n)*import(?=[\s\\(*])"
)
_IMPORT = re.compile(rb"import(?<![\w.][ \t]import)(?=[ \t\f\\]|_|orskip)")
"""The statement without a `from`, and what imports by a string: `import_module`, `__import__`,
`importorskip`.
"""

_NAMES = re.compile(
    rb"(?:[ \t\f]|\\\r?\n)*(?:\(((?:[^()#]|#[^\n]*\n)*)\)?|((?:[^\n;#\\]|\\\r?\n)*))"
)
_SPACED_DOT = re.compile(rb"[\s\\]*\.[\s\\]*")
_BY_STRING = (
    rb"""(?:import_module|importorskip|__import__)[\s(]*(?:name\s*=\s*)?[rRuU]?['"]([\w.]+)"""
)
"""As all expressions that few files need, left to the cache of `re`."""
_BY_STRING_NEXT = (b"_", b"o")
_TO_STRING = rb"""([\w.]+)\s*(?::[^=\n]*)?=[^\n]*\Z"""
_MOST_BINDINGS = 4000
"""A file in which names may stand for more than so many things is a candidate."""


class TextIndex:
    """What one file may refer to.

    `imports`   (how, full name) of every import, `how` as `knowledge.api.Api.find` has it
    `chains`    full names of attribute chains (`a.b.c` and, where it is used, `a.b`)
    `calls`     full names that are called, and where their `(` stands
    `stars`     modules of `from MODULE import *`
    `local`     local name to the full names it may stand for
    `deep`      aliases were nested too deeply to be followed

    In full names, `a.B()` stands for an instance of the class `a.B`, and `@a.B` for a class of the
    file that derives from it.
    """

    __slots__ = (
        "_attributes",
        "_classes",
        "_data",
        "_fields",
        "_instances",
        "_interest",
        "_prefixes",
        "_selves",
        "_sites",
        "_targets",
        "_waiting",
        "calls",
        "chains",
        "deep",
        "imports",
        "local",
        "stars",
    )

    def __init__(
        self,
        data: bytes,
        interest: Interest,
        *,
        instances: bool = False,
        earlier: TextIndex | None = None,
    ) -> None:
        """`instances`: follow what calls of classes return, too.

        `earlier`: an index of the same bytes, whose work need not be done again.
        """
        self._data = data
        self._instances = instances
        self._interest = interest
        self._attributes: frozenset[bytes] | None = None
        self._prefixes: frozenset[str] | None = None
        self._classes: list[tuple[bytes, list[bytes]]] | None = None
        self._selves: set[bytes] = set()
        self._sites: dict[bytes, Sites] = {}
        self._targets: dict[int, list[tuple[bytes, bool]]] = {}
        if earlier is not None:
            self._sites.update(earlier._sites)
            self._targets = earlier._targets
        self._waiting: list[tuple[bytes, str]] = []
        self._fields: set[bytes] = set()  # names that stand after a dot: `self.NAME = ...`
        self.imports: set[tuple[str, str]] = set()
        self.chains: set[str] = set()
        self.calls: list[tuple[str, int]] = []
        self.stars: set[str] = set()
        self.local: dict[bytes, set[str]] = {}
        self.deep = False
        by_string = self._statements()
        if by_string:
            for match in re.finditer(_BY_STRING, data):
                self._by_string(match.start(), match[1])
        for module in self.stars:
            for name in words(data) & self._interest.brought(module):
                self.chains.add(f"{module}.{name}")
                self._bind(name.encode(), f"{module}.{name}")
        if self.local:
            self._follow()

    def prefixes(self) -> frozenset[str]:
        """Every name that is imported or used, and all that it lies under."""
        if self._prefixes is None:
            found: set[str] = set()
            for name in self.names():
                while name and name not in found:
                    found.add(name)
                    name = name.rpartition(".")[0]
            self._prefixes = frozenset(found)
        return self._prefixes

    def imported(self) -> frozenset[str]:
        """Modules that the file may import, and what it may import from them."""
        names: set[str] = set()
        for _, name in self.imports:
            parts = name.split(".")
            names.update(".".join(parts[:end]) for end in range(1, len(parts) + 1))
        return frozenset(names)

    def attributes(self) -> frozenset[bytes]:
        """Every word of the file that follows a dot."""
        if self._attributes is None:
            self._attributes = frozenset(_ATTRIBUTE.findall(self._data))
        return self._attributes

    def names(self) -> Iterator[str]:
        """Every full name that is imported or used."""
        for _, name in self.imports:
            yield name
        yield from self.chains

    def derives_elsewhere(self) -> bool:
        """Whether `self` may be of a class that derives from one of another own module."""
        data = self._data
        if re.search(rb"\bself[ \t]*(?::|=(?!=))", data):
            return True  # it is whatever that says
        classes = re.findall(_CLASS, data)
        own = {b"object", *(name for name, _ in classes)}
        bases = {base for _, written in classes for base in re.findall(_CHAIN, written)}
        return not bases <= own

    def _statements(self) -> bool:
        """Every `import ...` and `from ... import ...`; whether something imports by a string."""
        data, interest = self._data, self._interest
        modules = {}
        for written in set(_FROM.findall(data)):
            module = interest.module(written)
            if module and interest.is_private(module):
                self.imports.add(("from", f"{module}.*"))  # one rule speaks of it, none of its uses
            elif module:
                modules[written] = module
        if modules:
            for match in _FROM.finditer(data):
                if match[1] in modules:
                    self._names(modules[match[1]], match.end())
        by_string = False
        for match in _IMPORT.finditer(data):
            end = match.end()
            if data[end : end + 1] in _BY_STRING_NEXT:
                by_string = True
            else:
                self._names(None, end)
        return by_string

    def _names(self, module: str | None, start: int) -> None:
        """What stands after the word `import`."""
        names = _NAMES.match(self._data, start)
        if names is None:
            return
        text = names[2] if names[1] is None else names[1]
        if b"#" in text:
            text = COMMENT.sub(b" ", text)
        if b"\\" in text:
            text = text.replace(b"\\\r\n", b" ").replace(b"\\\n", b" ")
        if b"." in text:
            text = _SPACED_DOT.sub(b".", text)
        for item in text.split(b","):
            words = item.split()
            if words:
                self._import(module, words)

    def _import(self, module: str | None, words: list[bytes]) -> None:
        if module is None and not self._interest.module(words[0]):
            return
        name = words[0].decode("utf-8", "replace")
        if name != "*" and not all(part.isidentifier() for part in name.split(".")):
            return  # prose that looks like an import: no Python
        alias = words[2] if len(words) >= 3 and words[1] == b"as" else None
        if module is None:
            self.imports.add(("import", name))
            if alias is None:
                top = words[0].partition(b".")[0]
                self._bind(top, top.decode("utf-8", "replace"))
            else:
                self._bind(alias, name)
        elif name.startswith("*"):
            self.stars.add(module)
            self.imports.add(("import", module))
        else:
            full = f"{module}.{name}"
            self.imports.add(("from", full))
            self._bind(alias or words[0], full)

    def _by_string(self, start: int, name: bytes) -> None:
        full = self._interest.module(name.strip(b"."))
        if not full or ".." in full:
            return
        self.imports.add(("import", full))
        line = self._data[self._data.rfind(b"\n", 0, start) + 1 : start]
        match = re.search(_TO_STRING, line)
        if match:
            field = match[1].rpartition(b".")[2]
            self._bind(field, full)
            if field != match[1]:
                self._fields.add(field)
        else:
            self.deep |= self._instances  # `import_module("keras").Model().x`

    def _bind(self, local: bytes, full: str) -> None:
        known = self.local.get(local)
        if (known is not None and full in known) or not self._interest.matters(full):
            return
        if known is None:
            known = self.local[local] = set()
        known.add(full)
        self._waiting.append((local, full))

    def _follow(self) -> None:
        """Collect chains, calls, and the aliases that assignments make, until nothing is new."""
        work = _MOST_BINDINGS
        while self._waiting and work:
            while self._waiting and work:
                name, full = self._waiting.pop()
                self._uses_of(name, full)
                work -= 1
            if self._instances:
                self._subclasses()
        self.deep |= bool(self._waiting)
        if b"getattr" not in self._data:
            return
        for chain, leaf, place in getattrs(self._data):
            for owner in self.full_names(chain):
                full = f"{owner}.{leaf}"
                self.chains.add(full)
                self.deep |= bool(assigned_names(self._data, place))
                self.deep |= self._instances and self._interest.is_class(full)

    def full_names(self, chain: bytes) -> Iterator[str]:
        """What a chain of words may stand for."""
        head, dot, tail = chain.partition(b".")
        for full in self.local.get(head, ()):
            yield full + (dot + tail).decode("utf-8", "replace")
        if dot:
            last = tail.rpartition(b".")[2]
            yield from self.local.get(last, ())

    def _subclasses(self) -> None:
        """`class A(keras.Model)`: `A` is a class of that kind, and so is what `self` is."""
        if self._classes is None:
            data = self._data
            found = re.findall(_CLASS, data) if b"class" in data else []
            self._classes = [(name, re.findall(_CHAIN, bases)) for name, bases in found]
            self._selves = {b"self", *re.findall(_FIRST_PARAMETER, data)} if found else set()
        for name, bases in self._classes:
            for base in bases:
                for full in tuple(self._bases(base)):
                    self._as_field(name)  # `self.Inner()`
                    self._bind(name, f"@{full}")
                    for first in self._selves:
                        self._bind(first, f"{full}()")

    def _bases(self, chain: bytes) -> Iterator[str]:
        head, dot, tail = chain.partition(b".")
        for full in self.local.get(head, ()):
            if full[0] == "@" and not dot:
                yield full[1:]
            elif full[-1] != ")":
                name = full + (dot + tail).decode("utf-8", "replace")
                if self._interest.is_class(name):
                    yield name

    def _uses_of(self, name: bytes, full: str) -> None:
        """What the uses of the word `name` are if it stands for `full`."""
        sites = self._sites_of(name)
        self.chains.update([full + tail for tail in sites.tails])
        if full[0] != "@":
            self.calls += [(full + site.tail, site.call) for site in sites.called]
        if self._instances:
            for site in sites.called:
                made = self._made(name, full + site.tail)
                if made:
                    self._uses_of_instance(made, site)
        for site in sites.aliased:
            self._assigned(site.alias, full + site.tail)

    def _uses_of_instance(self, made: str, site: Site) -> None:
        """`Dense(1).weights`, `layer = Dense(1)`; but `Dense(1)(x)` is no layer."""
        from kerlint.source.call_index import end_of_call

        end = end_of_call(self._data, site.call)
        if end < 0:
            self.deep = True
        elif self._data[end : end + 1] != b"(":
            tail, call = tail_of(self._data, end)
            if tail:
                self.chains.add(made + tail)
                if call >= 0:
                    self.calls.append((made + tail, call))
            if site.result >= 0:
                self._assigned(site.result, made)

    def _assigned(self, position: int, value: str) -> None:
        """The word at `position` stands for `value`: so does what it is assigned to."""
        if not self._interest.matters(value):
            return
        targets = self._targets.get(position)
        if targets is None:
            targets = self._targets[position] = assigned_names(self._data, position)
        for target, is_field in targets:
            if is_field:
                self._as_field(target)
            self._bind(target, value)

    def _as_field(self, name: bytes) -> None:
        """From now on the word counts after a dot, too."""
        if name not in self._fields:
            self._fields.add(name)
            self._sites.pop(name, None)
            self._waiting.extend((name, old) for old in self.local.get(name, ()))

    def _made(self, name: bytes, full: str) -> str:
        """What a call of the name returns, if that is an instance of a known class."""
        if full[0] == "@":
            return f"{full[1:]}()"
        if full[-1] == ")":  # `cls()`
            return full if name in self._selves and name != b"self" else ""
        return f"{full}()" if "(" not in full and self._interest.makes_instance(full) else ""

    def _sites_of(self, name: bytes) -> Sites:
        """Where the word stands as a name of its own: looked for once."""
        sites = self._sites.get(name)
        if sites is None:
            sites = self._sites[name] = Sites(self._data, name, name in self._fields)
        return sites


_CLASS = rb"class[ \t\\]+(\w+)[\s\\]*\(((?:[^()#]|#[^\n]*\n|\([^()]*\))*)"
_CHAIN = rb"\w+(?:\.\w+)*"
_FIRST_PARAMETER = rb"\n[ \t]+(?:async[ \t]+)?def[ \t]+\w+[\s\\]*\([\s\\]*(\w+)"
_ATTRIBUTE = re.compile(rb"\.[\s\\]*([A-Za-z_]\w*)")


def words(data: bytes) -> frozenset[str]:
    """Every word of the file."""
    return frozenset(word.decode("utf-8", "replace") for word in set(WORD.findall(data)))
