"""Whole runs over notebooks: what is found, and where it is said to be."""

from __future__ import annotations

import json
import pickle

import pytest

from kerlint.source.notebooks.opening import Opener
from tests.notebooks.books import book, places, run, text

IMPORT = "import keras\n"
GONE = "from keras.engine import Layer\n"


def test_cells_are_one_module_in_their_order() -> None:
    data = book(IMPORT, text("# words"), "x = 1\n\nkeras.layers.CuDNNLSTM(1)\n")
    assert places(data) == ["2:3:1 KER302"]


def test_a_variable_that_a_magic_sets_too_late() -> None:
    data = book(IMPORT, "x = 1\n%env KERAS_BACKEND=jax\n")
    (found,) = run(data).diagnostics
    assert (found.cell, found.code) == (1, "KER201")
    assert found.span == ((2, 6), (2, 19))
    assert [(one.cell, one.span) for one in found.related] == [(0, ((1, 8), (1, 13)))]


@pytest.mark.parametrize(
    "line",
    [
        "%env KERAS_BACKEND=jax",
        "%env KERAS_BACKEND jax",
        "%set_env KERAS_BACKEND=jax",
        "%env   KERAS_BACKEND = jax",
        "import os; os.environ['KERAS_BACKEND'] = 'jax'",
    ],
)
def test_in_time_is_no_fault(line: str) -> None:
    assert places(book(line, IMPORT)) == []
    assert [place.split()[1] for place in places(book(IMPORT, line))] == ["KER201"]


@pytest.mark.parametrize(
    "cell",
    [
        "%env KERAS_BACKEND",
        "%env TWO WORDS=KERAS_BACKEND",
        "!KERAS_BACKEND=jax python train.py",
        "s = '''\n%env KERAS_BACKEND=jax\n'''",
        "x = (5\n%env)",
        "%%bash\nKERAS_BACKEND=jax python train.py",
        "%%writefile train.py\nimport os\nos.environ['KERAS_BACKEND'] = 'jax'\n",
        "%%python\nimport os\nos.environ['KERAS_BACKEND'] = 'jax'\n",
        "%env KERAS_BACKEND=jax\n!python train.py",
        "# %env KERAS_BACKEND=jax",
    ],
)
def test_what_sets_nothing_in_this_process(cell: str) -> None:
    assert places(book(IMPORT, cell)) == []


def test_a_cell_that_does_not_parse_does_not_hide_the_rest() -> None:
    data = book(IMPORT, "model = keras.Sequential([\n", GONE)
    assert sorted(place.split()[1] for place in places(data)) == ["KER301", "KER905"]
    assert {found.cell for found in run(data).diagnostics} == {1, 2}


def test_a_broken_cell_alone_is_told_of() -> None:
    assert places(book("import keras\nx ="))[0].endswith("KER905")
    assert places(book("x =", "import numpy")) == []  # nothing that any rule is about


def test_a_broken_cell_makes_no_suppression_unused() -> None:
    broken = "import keras\nx ="
    data = book(broken, "keras.engine.x  # kerlint: ignore[KER301]")
    assert [place.split()[1] for place in places(data)] == ["KER905"]


@pytest.mark.parametrize("comment", ["# noqa", "# kerlint: ignore[KER905]", "# noqa: KER905"])
def test_a_broken_cell_can_be_silenced(comment: str) -> None:
    assert places(book(IMPORT, f"a = 1\nx = 1 +  {comment}\nb = 2")) == []
    assert places(book(f"# kerlint: file-ignore[KER905]\n{IMPORT}", "x =")) == []


def test_python_2_is_one_finding() -> None:
    data = book(IMPORT, "print 1", "print 2", kernelspec={"name": "python2"})
    (found,) = run(data).diagnostics
    assert (found.code, found.cell) == ("KER905", 1)
    assert "2 cells" in found.message


def test_the_counts_tell_why_it_seemed_to_work() -> None:
    cells = (IMPORT, "%env KERAS_BACKEND=jax")
    (found,) = run(book(*cells, counts=(7, 3))).diagnostics
    assert "run top to bottom, this cell comes too late" in found.help
    for counts in ((3, 7), (None, 3), (7, None)):
        (found,) = run(book(*cells, counts=counts)).diagnostics
        assert "top to bottom" not in found.help


@pytest.mark.parametrize(
    "cell",
    [
        "await keras.x()",
        "from __future__ import annotations",
        "keras.layers?",
        "??keras",
        "?keras.layers.Dense",
        "model = keras.Sequential();",
        "!pip install keras tensorflow \\\n    numpy",
        "!!ls",
        "files = !ls *.h5",
        "%%time\n%%capture\nmodel = keras.Sequential()",
        "%%html\n<b>keras</b>",
        "#@title Install { display-mode: 'form' }\n%%bash\nif [ -d keras ]; then rm -r keras; fi",
        "# Clear the output\n\n# if it moves too much\n%%html\n<style> a { width: 128px; } </style>",
        "# @title Run\n%%time\nmodel = keras.Sequential()",
        "%tensorflow_version 2.x",
        "%load_ext tensorboard\n%matplotlib inline",
        "if True:\n    %cd keras\n    !ls\nelse:\n    pass",
        "for x in y: # why\n    %time keras.Sequential()\n",
        "pip install keras",
        "%pip install keras",
        "get_ipython().system('ls')",
        "",
        "\n\n",
        "# only words",
        "    indented = keras.Sequential()\n    more = 1",
        "a = 'x %s' \\\n % keras.x",
        "print('''a\n!ls\n''')",
    ],
)
def test_cells_without_a_fault(cell: str) -> None:
    assert [found for found in run(book(IMPORT, cell)).diagnostics if found.code == "KER905"] == []


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("# @title Run\n%%time\nkeras.layers.CuDNNLSTM(1)", ["1:3:1 KER302"]),
        ("# @title Run\n%%bash\nexport KERAS_BACKEND=jax", ["1:3:1 KER205"]),
        ("# @title Run\nx = 1\n%%html\n<b>keras</b>", ["1:4:1 KER905"]),
    ],
)
def test_a_command_for_the_cell_may_stand_below_comments(cell: str, expected: list[str]) -> None:
    found = places(book(IMPORT, cell))
    assert [place.split()[-1] for place in found] == [one.split()[-1] for one in expected]
    assert [place.split(":")[:2] for place in found] == [one.split(":")[:2] for one in expected]


def test_comments_silence_findings_in_cells() -> None:
    silenced = GONE.rstrip() + "  # kerlint: ignore[KER301]\n"
    assert places(book(IMPORT, silenced)) == []
    assert places(book("# kerlint: file-ignore[KER301]", GONE, GONE)) == []
    assert places(book("x = 1  # kerlint: ignore[KER301]", IMPORT)) == ["0:1:26 KER904"]


def test_the_edits_of_a_fix_count_within_the_cell() -> None:
    line = "x = 1  # kerlint: ignore[KER301]"
    (found,) = run(book(IMPORT, "y = 2\n" + line)).diagnostics
    assert found.fix is not None
    (edit,) = found.fix.edits
    assert (edit.start, edit.end) == (6 + 5, 6 + len(line))


def test_other_languages_are_passed_over_and_counted() -> None:
    for metadata in (
        {"kernelspec": {"name": "ir", "language": "R"}},
        {"language_info": {"name": "julia"}},
    ):
        result = run(book("library(keras)\nx <- 1", **metadata))
        assert result.diagnostics == []
        assert any("another language than Python" in note for note in result.notes)


def test_unknown_commands_are_passed_over_and_counted() -> None:
    result = run(book(IMPORT, "%frobnicate x", "%%zap\nnot python", GONE))
    assert [found.code for found in result.diagnostics] == ["KER301"]
    (note,) = [note for note in result.notes if "does not know" in note]
    assert "2 commands" in note
    assert "`%%zap`" in note
    assert "`%frobnicate`" in note


def test_nbformat_3() -> None:
    notebook = {
        "metadata": {"name": ""},
        "nbformat": 3,
        "nbformat_minor": 0,
        "worksheets": [
            {
                "cells": [
                    {"cell_type": "heading", "level": 1, "source": ["T"]},
                    {"cell_type": "code", "language": "python", "input": [IMPORT, GONE]},
                    {"cell_type": "code", "input": GONE, "outputs": [], "prompt_number": 2},
                ]
            }
        ],
    }
    assert places(json.dumps(notebook).encode()) == ["1:2:6 KER301", "2:1:6 KER301"]


@pytest.mark.parametrize(
    "data",
    [
        b"import keras",
        b'{"keras": 1}',
        b'["keras"]',
        b'{"cells": {"keras": 1}}',
        b'{"cells": [{"cell_type": "code", "source": "keras"}]',
        b'{"cells": [{"cell_type": "code", "source": ["keras", 1]}]}',
        b'{"cells": [{"cell_type": "code", "x": "keras"}]}',
        b'{"cells": ["keras"]}',
        b'{"cells": []} keras',
        b'{"cells": [{"cell_type": "code", "source": "keras\xff"}]}',
        b'{"cells": [,{"cell_type": "code", "source": "keras"}]}',
        b"<<<<<<< HEAD\n{}\n=======\nkeras\n",
        b'{"cells": [{"cell_type": "code", "source": "keras", "outputs": [{"a": "b}]',
    ],
)
def test_what_is_no_notebook_is_told(data: bytes) -> None:
    (found,) = run(data).diagnostics
    assert found.code == "KER902"


@pytest.mark.parametrize("data", [b"", b"{}", b"garbage", b'{"cells": []}'])
def test_nothing_about_keras_is_nothing_to_say(data: bytes) -> None:
    assert run(data).diagnostics == []


def test_odd_but_good_json() -> None:
    cell = rb'{"source": "x", "cell_type": "code", "source": "import keras\r\n\u0066rom keras.engine import A"}'
    assert places(b'\xef\xbb\xbf\n{ "cells" :\t[ ' + cell + b" ] } \n") == ["0:2:6 KER301"]
    surrogate = rb'{"cell_type": "code", "source": "import keras; x = \"\ud800\""}'
    assert places(b'{"cells": [' + surrogate + b"]}") == ["0:1:1 KER905"]
    escaped = rb'{"cell_type": "code", "source": "import \u006beras.engine"}'
    assert places(b'{"cells": [' + escaped + b"]}") == ["0:1:8 KER301"]


def test_outputs_are_never_read() -> None:
    output = {"text": ["import keras.engine\n", '\\"]}{['], "data": {"image/png": "a" * 1_000_000}}
    cell = {"cell_type": "code", "outputs": [output] * 2, "source": [IMPORT]}
    assert places(book(cell, GONE)) == ["1:1:6 KER301"]


def test_no_python_name_leaks_from_a_magic() -> None:
    data = book("%env A=b", "import keras\nos.environ['KERAS_BACKEND'] = 'jax'")
    assert places(data) == []


def test_what_does_not_parse_is_sent_to_another_process_with_the_notebook() -> None:
    module = Opener().open("book.ipynb", book(IMPORT, "x = = 1\n"))
    assert module is not None
    ((cell, problem),) = pickle.loads(pickle.dumps(module)).problems
    assert (cell, problem.line, problem.column) == (1, 1, 5)
    assert problem.message == "invalid syntax"


@pytest.mark.parametrize("cell", ["ls ./data/train/", "cat ./keras.json", "cd ..", "ls"])
def test_a_command_without_its_sign(cell: str) -> None:
    assert places(book(IMPORT, cell)) == []


@pytest.mark.parametrize("cell", ["ls = ./data", "words here", "cat.x ./data"])
def test_what_only_looks_like_one(cell: str) -> None:
    assert [place.split()[1] for place in places(book(IMPORT, cell))] == ["KER905"]
