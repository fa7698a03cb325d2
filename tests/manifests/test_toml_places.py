"""Every value and key of a TOML text has its place."""

from __future__ import annotations

import pytest

from kerlint.manifests.places import Malformed, Places
from kerlint.manifests.toml_places import TomlDocument, document

TEXT = '''\
title = "a" # "no"
[tool."poetry".dependencies]
tf = { version = "^2", extras = ["and-cuda",
   # why
   'b'] }
keras.version = """
3"""
[[tool.x]]
a = [ [1, 2], [1979-05-27 07:32:00Z] ]
[[tool.x.y]]
"quo\\"ted" = 'it''s' #
[[tool.x]]
b = """a\\"""b""""
"ключ" = "значение"
'''.replace("'it''s'", "'its'")


def shown(found: TomlDocument) -> dict[str, str]:
    return {
        ".".join(map(str, path)): found.text[start:end]
        for path, (start, end) in found.values.items()
    }


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_all_values(start: str, end: str) -> None:
    text = start + TEXT.replace("\n", end)
    found = document(text, Places(text))
    values = shown(found)
    assert values["title"] == '"a"'
    assert values["tool.poetry.dependencies.tf.version"] == '"^2"'
    assert values["tool.poetry.dependencies.tf.extras.1"] == "'b'"
    assert values["tool.poetry.dependencies.keras.version"] == f'"""{end}3"""'
    assert values["tool.x.0.a.1.0"] == "1979-05-27 07:32:00Z"
    assert values["tool.x.0.a"] == "[ [1, 2], [1979-05-27 07:32:00Z] ]"
    assert values['tool.x.0.y.0.quo"ted'] == "'its'"
    assert values["tool.x.1.b"] == '"""a\\"""b""""'
    assert values["tool.x.1.ключ"] == '"значение"'
    path = ("tool", "poetry", "dependencies", "keras", "version")
    assert text[slice(*found.inner(path))] == "3"
    assert text[slice(*found.entry(path[:-1]))] == "keras"
    assert text[slice(*found.entry(path))] == f'version = """{end}3"""'
    assert found.get(path) == "3"
    assert found.get((*path, "no")) is None
    assert _leaves(found.data) == {path for path in found.values if _leaf(found.get(path))}


def _leaf(value: object) -> bool:
    return not isinstance(value, (dict, list))


def _leaves(value: object, path: tuple[object, ...] = ()) -> set[tuple[object, ...]]:
    if isinstance(value, dict):
        return {leaf for key, one in value.items() for leaf in _leaves(one, (*path, key))}
    if isinstance(value, list):
        return {leaf for key, one in enumerate(value) for leaf in _leaves(one, (*path, key))}
    return {path}


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a = 1\nb = [1,\n", (3, 1), "no valid TOML: invalid"),
        ("a = 1\nb = \nc = 1\n", (2, 5), "no valid TOML: invalid value"),
        ("[a]\nb = 1\nc = 2\nb = 3\n", (4, 1), "no valid TOML: `a.b` is written twice"),
        ("[a]\nb = 1\n[c]\n[ a ]\n", (4, 3), "no valid TOML: `a` is written twice"),
        ("a = {b = 1, b = 2}\n", (1, 13), "no valid TOML: "),
        ("a = " + "[" * 5000, (1, 1), "no valid TOML: too deeply nested"),
        ("a." * 5000 + "b = 1", None, "no valid TOML: too deeply nested"),
        ("a = " + "1" * 5000, (1, 1), "no valid TOML: "),
    ],
)
def test_malformed(text: str, place: tuple[int, int] | None, message: str) -> None:
    places = Places(text)
    with pytest.raises(Malformed) as caught:
        document(text, places)
    assert caught.value.message.startswith(message)
    if place:
        assert tuple(places.position(caught.value.offset)) == place
