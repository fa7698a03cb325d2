"""`kerlint.doctor()`: text in a script, a page in a notebook, about the running interpreter."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

import kerlint
from kerlint.failures import Failure
from kerlint.probe import doctor as module
from kerlint.probe.examining import Order
from kerlint.probe.observations import Interpreter, Observations, PathEntry


@pytest.fixture(autouse=True)
def orders(monkeypatch: pytest.MonkeyPatch) -> list[Order]:
    """The environment is not really looked at: that is tried elsewhere, and takes a second."""
    given: list[Order] = []

    def observe(order: Order) -> Observations:
        given.append(order)
        python = Interpreter(executable=order.argument, version="3.11.7")
        return Observations(interpreter=python, path=[PathEntry("/env/site-packages", "site")])

    monkeypatch.setattr("kerlint.probe.examining.observe", observe)
    return given


def test_it_is_about_the_running_interpreter(
    tmp_path: Path, orders: list[Order], capsys: pytest.CaptureFixture[str]
) -> None:
    kerlint.doctor(tmp_path, tries=False, require_gpu=True)
    (order,) = orders
    assert (order.argument, order.folder) == (sys.executable, str(tmp_path))
    assert (order.tries, order.require_gpu) == (False, True)
    shown = capsys.readouterr().out
    assert "(the running interpreter)." in shown
    assert "[✓] Python          3.11.7" in shown


def test_what_is_imported_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "keras", SimpleNamespace(__version__="3.15.1"))
    kerlint.doctor(tmp_path)
    assert "Already imported in this process: keras 3.15.1." in capsys.readouterr().out


def notebook(monkeypatch: pytest.MonkeyPatch, config: dict[str, Any]) -> list[dict[str, str]]:
    """Stand-ins for IPython with this configuration, and what is displayed."""
    shown: list[dict[str, str]] = []
    ipython, display = ModuleType("IPython"), ModuleType("IPython.display")
    ipython.get_ipython = lambda: SimpleNamespace(config=config)  # type: ignore[attr-defined]
    display.display = lambda data, raw: shown.append(data)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    monkeypatch.setitem(sys.modules, "IPython.display", display)
    return shown


def test_a_notebook_gets_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = notebook(monkeypatch, {"IPKernelApp": {}})
    kerlint.doctor(tmp_path)
    assert capsys.readouterr().out == ""
    (data,) = shown
    assert data["text/html"].startswith("<div")
    assert "[✓] Python" in data["text/plain"]


def test_ipython_in_a_terminal_gets_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert notebook(monkeypatch, {}) == []
    kerlint.doctor(tmp_path)
    assert "[✓] Python" in capsys.readouterr().out


def test_a_project_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="no folder"):
        module.doctor(tmp_path / "no")
