"""A small inventory, packed and asked: every answer is that of the release, nothing leaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerlint.knowledge import releases, store
from kerlint.knowledge.api import Api
from kerlint.project.targets import Versions

from . import small


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small inventory's data files, in place of the real ones."""
    folder = small.write(tmp_path)
    monkeypatch.setattr(releases, "DATA", str(folder))
    for module, tables in (
        (releases, ("_axes", "_asks", "_pairs")),
        (store, ("_names", "_callables")),
    ):
        for table in tables:
            monkeypatch.setattr(module, table, {})
    return folder


def at(keras: str) -> Api:
    return Api(Versions(keras, None, None, None))


def test_a_name_exists_in_its_releases_alone(data: Path) -> None:
    found = [at(v).find("keras.gap.early").exists for v in ("1.0.0", "2.0.0", "3.0.0")]
    assert found == [True, False, True]
    missing = at("2.0.0").find("keras.gap.early")
    assert (missing.missing, missing.container, missing.container_kind) == (
        "keras.gap",
        "keras",
        "module",
    )


def test_history_keeps_the_gap(data: Path) -> None:
    history = at("2.0.0").history("keras.gap.early")
    assert history is not None
    assert history.intervals == (("1.0.0", "1.0.0"), ("3.0.0", "3.0.0"))
    assert (history.axis, history.kind) == ("keras", "function")
    assert at("2.0.0").history("keras.never") is None


def test_a_module_that_needs_its_own_import(data: Path) -> None:
    api = at("1.0.0")
    found = api.find("keras.layers.core.Dense")
    assert (found.exists, found.reachable, found.container) == (True, False, "keras.layers")
    assert api.find("keras.layers.core.Dense", "from").reachable
    assert api.find("keras.layers.core", "import").exists
    assert api.find("keras.layers.core.Dense", imported=frozenset({"keras.layers.core"})).reachable
    assert not api.find("keras.layers.core.Dense", "import").exists


def test_an_open_module_holds_anything(data: Path) -> None:
    api = at("2.0.0")
    assert api.find("keras.open.anything").exists is None
    assert api.find("keras.open.any.thing", "from").exists is None
    assert api.find("keras.legacy.anything").exists is None


def test_an_alias_is_the_module_it_names(data: Path) -> None:
    api = at("3.0.0")
    assert api.find("keras.other.late").exists
    assert api.find("keras.other.none").exists is False
    assert not api.find("keras.other", "import").exists
    assert api.signature("keras.other.late") == ((), False)


def test_parameters_by_release(data: Path) -> None:
    names = {
        v: [p.name for p in signature.parameters]
        for v in ("1.0.0", "2.0.0", "3.0.0")
        if (signature := at(v).signature("keras.layers.Dense"))
    }
    assert names == {
        "1.0.0": ["output_dim", "init"],
        "2.0.0": ["units", "activation", "kwargs"],
        "3.0.0": ["units", "activation", "rank"],
    }
    signature = at("2.0.0").signature("keras.layers.Dense")
    assert signature is not None
    assert signature.parameters[-1] == ("kwargs", "var-keyword", False)
    assert not signature.open
    base = at("2.0.0").signature("keras.layers.Layer")
    assert base is not None
    assert base.open


def test_a_constructor_is_inherited(data: Path) -> None:
    api = at("3.0.0")
    assert api.signature("keras.layers.Wide") == api.signature("keras.layers.Dense")
    assert api.signature("keras.layers.Wide") is not None
    assert api.signature("keras.layers.Layer") is None, "nothing is known of it"


def test_methods_are_inherited(data: Path) -> None:
    for version, first in (("1.0.0", "x"), ("2.0.0", "inputs")):
        signature = at(version).signature("keras.layers.Dense.call")
        assert signature is not None
        assert signature.parameters[0].name == first
    assert at("1.0.0").signature("keras.layers.Dense.none") is None


def test_parameters_have_a_history(data: Path) -> None:
    api = at("3.0.0")
    history = api.signature_history("keras.layers.Dense", "output_dim")
    assert history is not None
    assert history.intervals == (("1.0.0", "1.0.0"),)
    assert api.signature_history("keras.layers.Dense", "kwargs") is None
    assert api.signature_history("keras.layers.Dense", "never") is None
    late = api.signature_history("keras.gap.early", "c")
    assert late is not None
    assert late.intervals == (("3.0.0", "3.0.0"),)


def test_members_are_those_of_the_release(data: Path) -> None:
    assert at("1.0.0").members("keras.layers.Dense") == {"build", "call", "name", "old", "W"}
    assert at("2.0.0").members("keras.layers.Dense") == {"build", "call", "name", "kernel"}
    assert at("3.0.0").members("keras.layers.Dense") == {"build"}
    assert at("3.0.0").members("keras.layers.Layer") is None, "an open class"
    assert at("3.0.0").members("keras.gap.early") is None, "no class"


def test_members_have_a_history(data: Path) -> None:
    api = at("3.0.0")
    history = api.member_history("keras.layers.Dense", "old")
    assert history is not None
    assert history.intervals == (("1.0.0", "1.0.0"),)
    call = api.member_history("keras.layers.Dense", "call")
    assert call is not None
    assert call.intervals == (("1.0.0", "2.0.0"),)
    assert api.member_history("keras.layers.Dense", "never") is None


def test_attributes_of_classes_are_found(data: Path) -> None:
    api = at("2.0.0")
    assert api.find("keras.layers.Dense.call").exists
    missing = api.find("keras.layers.Dense.old")
    assert (missing.exists, missing.missing) == (False, "keras.layers.Dense.old")
    assert missing.container_kind == "class"
    assert not api.find("keras.layers.Dense.call", "from").exists


def test_an_unknown_version_is_the_newest_one_below(data: Path) -> None:
    assert at("2.9.9").find("keras.legacy").exists
    assert at("2.0.0rc1").find("keras.layers.core", "import").exists
    assert at("9.0").find("keras.gap.late").exists
    assert at("0.3").find("keras").exists is None, "older than everything that is known"


def test_nearest_is_in_the_same_container(data: Path) -> None:
    api = at("3.0.0")
    assert api.nearest("keras.layers.dense") == "keras.layers.Dense"
    assert api.nearest("keras.layers.Lyaer") == "keras.layers.Layer"
    assert api.nearest("keras.layers.Convolution") is None
    assert api.nearest("keras.nowhere.Dense") is None


def test_elsewhere_is_where_it_moved_to(data: Path) -> None:
    assert at("3.0.0").elsewhere("keras.layers.core.Dense") == ("keras.layers.Dense",)
    assert at("3.0.0").elsewhere("keras.layers.core.None") == ()


def test_a_container_is_parsed_when_it_is_asked_for(data: Path) -> None:
    api = at("3.0.0")
    api.find("keras.layers.Dense")
    file = store.names_file("keras")
    assert file is not None
    assert file.parsed == 2, "`keras` and `keras.layers`"
    api.find("keras.layers.Layer")
    api.find("keras.layers.Dense", "from")
    assert file.parsed == 2


def test_only_what_is_asked_for_is_loaded(data: Path) -> None:
    api = at("3.0.0")
    api.find("keras.layers.Dense")
    assert set(store._names) == {"keras"}
    assert store._callables == {}


def test_the_same_input_gives_the_same_bytes(data: Path, tmp_path: Path) -> None:
    again = small.write(tmp_path / "again")
    assert {f.name: f.read_bytes() for f in data.iterdir()} == {
        f.name: f.read_bytes() for f in again.iterdir()
    }
