"""Whether a call, as its bytes are, may be given a file name or format that Keras refuses.

Looked at before the file is parsed, for the rule in `saved_format.py`. What a call is given is
followed from name to name, as `source/literals` does it on the tree: a name of a file is known only
through string literals, so where all of these end as every release of Keras wants it, or there is
none, the rule has nothing to say.
"""

from __future__ import annotations

from kerlint.knowledge.saving import rows
from kerlint.source.text_values import given, names, strings, values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_CALLS = {
    "save": ("Model.save", 0, b"filepath"),
    "save_weights": ("Model.save_weights", 0, b"filepath"),
    "load_weights": ("Model.load_weights", 0, b"filepath"),
    "export": ("Model.export(format=)", 1, b"format"),
    "load_model": ("models.load_model", 0, b"filepath"),
    "save_model": ("models.save_model", 1, b"filepath"),
    "ModelCheckpoint": ("callbacks.ModelCheckpoint", 0, b"filepath"),
}
"""By its last word: the call in the table of endings, and where it is given what is refused."""

_METHODS = frozenset(
    word.encode() for word, (row, _, _) in _CALLS.items() if row.startswith("Model.")
)
OF_WEIGHTS = frozenset({b"save_weights", b"load_weights"})
_ROOTS = ("keras.", "tensorflow.keras.")
_MOST_NAMES = 50


def may_be_refused(data: bytes, name: str, position: int) -> bool:
    """Whether the call of `name`, whose `(` stands at `position`, may be given what is refused."""
    word = name.rpartition(".")[2]
    if word not in _CALLS or not name.startswith(_ROOTS):
        return False
    row, place, keyword = _CALLS[word]
    if row.startswith("Model.") and "()." not in name:
        return False
    call = given(data, position)
    if call is None:
        return True
    if any(one.lstrip().startswith(b"*") for one in call.plain):
        call.plain.clear()  # which is given where is not known to the rule either
    text = call.keywords.get(keyword)
    if text is None:
        if place >= len(call.plain):
            return False
        text = call.plain[place]
    weights_only = word == "ModelCheckpoint" and (
        len(call.plain) > 1 or b"save_weights_only" in call.keywords
    )
    return _may_miss(data, text, () if weights_only else _taken_always(row))


def calls_of_models(data: bytes, *, weights: bool) -> Iterator[tuple[str, int]]:
    """The methods of the table that are called of a value: any may be a model.

    `weights`  only those that tell of a model that it is one, wherever it comes from
    """
    from kerlint.source.call_index import methods, only_imported
    from kerlint.source.prose import without_prose

    code = without_prose(data)
    imported: dict[bytes, bool] = {}
    for method in methods(data, OF_WEIGHTS if weights else _METHODS):
        head = method.head
        if head not in imported:
            imported[head] = only_imported(code, head)
        if not imported[head] or method.name in OF_WEIGHTS:
            yield f"keras.Model().{method.name.decode()}", data.find(b"(", method.place)


def _may_miss(data: bytes, text: bytes, takes: tuple[bytes, ...]) -> bool:
    """Whether the text may come to something that does not end in one of `takes`."""
    waiting = [text]
    seen: set[bytes] = set()
    while waiting:
        text = waiting.pop()
        for prefix, literal in strings(text):
            unknown_end = b"f" in prefix and literal.endswith(b"}") and not literal.endswith(b"}}")
            if unknown_end:
                if _may_be_number(data, literal[literal.rfind(b"{") + 1 : -1]):
                    return True
            elif not literal.endswith(takes):
                return True
        for name in names(text) - seen:
            seen.add(name)
            if len(seen) > _MOST_NAMES:
                return True
            waiting.extend(values(data, name))
    return False


def _may_be_number(data: bytes, filled: bytes) -> bool:
    """Whether what an f-string is filled with at its end may be known to be a number."""
    return b":" in filled or any(
        name.isdigit() or b"range(" in data or b"enumerate(" in data or _is_set(data, name)
        for name in names(filled) | {filled}
    )


def _is_set(data: bytes, name: bytes) -> bool:
    return any(value.strip()[:1].isdigit() or b"(" in value for value in values(data, name))


_always: dict[str, tuple[bytes, ...]] = {}


def _taken_always(call: str) -> tuple[bytes, ...]:
    """What all releases of Keras take that refuse anything."""
    if call not in _always:
        taken = [set(row.takes) for row in rows() if row.call == call]
        _always[call] = tuple(word.encode() for word in sorted(set.intersection(*taken)))
    return _always[call]
