"""Scripts that were notebooks: as nbconvert and Jupytext write them."""

from __future__ import annotations

import pytest

from tests.notebooks.books import places, run

HEADER = """\
# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: {}
# ---

"""
IMPORT = "import keras\n"


def found(text: str) -> list[str]:
    """`line:column CODE` of each finding; a script has no cells."""
    result = run(text.encode(), "book.py").diagnostics
    assert all(one.cell is None for one in result)
    return [f"{one.span.start.line}:{one.span.start.column} {one.code}" for one in result]


@pytest.mark.parametrize("format", ["percent", "light"])
@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("# %env KERAS_BACKEND=jax", 8),
        ("#%env KERAS_BACKEND jax", 7),
        ("# %set_env KERAS_BACKEND=jax", 12),
    ],
)
def test_commands_in_comments(format: str, line: str, column: int) -> None:
    header = HEADER.format(format)
    after = header.count("\n") + 4
    text = f"{header}# %%\n{IMPORT}\n{line}\nx = 1\n"
    assert found(text) == [f"{after}:{column} KER201"]
    assert found(f"{header}# %%\n{line}\n{IMPORT}") == []
    assert found(f"# %%\n{IMPORT}\n{line}\nx = 1\n") == []  # no header, no command


@pytest.mark.parametrize(
    "text",
    [
        "# %% [markdown]\n# %env KERAS_BACKEND=jax\n\n# %%\n",
        "# Never write\n# %env KERAS_BACKEND=jax\n# after the import.\n",
        "# %%\ns = '''\n# %env KERAS_BACKEND=jax\n'''\n",
        "x = [\n# %env KERAS_BACKEND=jax\n]\n",
        "# %%bash\n# export KERAS_BACKEND=jax\n",
        "# %matplotlib inline\n# !pip install keras\n",
    ],
)
def test_comments_that_are_none(text: str) -> None:
    assert found(HEADER.format("percent") + IMPORT + text) == []


def test_a_comment_that_would_break_a_block_is_left_alone() -> None:
    text = "if keras:\n    x = 1\n# %env KERAS_BACKEND=jax\n    y = 2\n"
    assert found(HEADER.format("percent") + IMPORT + text) == []


def test_bare_commands() -> None:
    header = HEADER.format("hydrogen")
    after = header.count("\n") + 3
    text = f"{header}# %%\n{IMPORT}%env KERAS_BACKEND=jax\n!ls\nkeras.engine.Layer\n"
    assert found(text) == [f"{after}:6 KER201", f"{after + 2}:1 KER301"]


@pytest.mark.parametrize(
    ("call", "codes"),
    [
        ("get_ipython().run_line_magic('env', 'KERAS_BACKEND=jax')", ["2:1 KER201"]),
        ("get_ipython().magic('env KERAS_BACKEND=jax')", ["2:1 KER201"]),
        ("get_ipython().magic(u'%env KERAS_BACKEND=jax')", ["2:1 KER201"]),
        ("if keras:\n    get_ipython().run_line_magic('env', 'KERAS_BACKEND=jax')", ["3:5 KER201"]),
        ("get_ipython().system('KERAS_BACKEND=jax python train.py')", []),
        ("get_ipython().run_line_magic('matplotlib', 'inline')", []),
        ("get_ipython().run_line_magic('env', name)", []),
        ("s = '''\nget_ipython().run_line_magic('env', 'KERAS_BACKEND=jax')\n'''", []),
    ],
)
def test_calls(call: str, codes: list[str]) -> None:
    assert found(f"{IMPORT}{call}\n") == codes


def test_suppressions_in_scripts() -> None:
    line = "# kerlint: ignore[KER201]\n# %env KERAS_BACKEND=jax\n"
    assert found(HEADER.format("percent") + IMPORT + "\n" + line + "x = 1\n") == []
    assert places(b"import keras\nkeras.engine.A  # kerlint: ignore[KER301]\n", "a.py") == []


DATABRICKS = "# Databricks notebook source\n"
CELL = "\n# COMMAND ----------\n\n"


def test_commands_of_databricks() -> None:
    text = f"{DATABRICKS}{IMPORT}{CELL}# MAGIC %env KERAS_BACKEND=jax\n{CELL}keras.engine.Layer\n"
    assert found(text) == ["6:14 KER201", "10:1 KER301"]
    assert found(f"{DATABRICKS}# MAGIC %env KERAS_BACKEND=jax\n{CELL}{IMPORT}") == []
    assert found(text.replace(DATABRICKS, "# A notebook\n")) == ["10:1 KER301"]


@pytest.mark.parametrize(
    "cell",
    [
        "# MAGIC %md\n# MAGIC Never write\n# MAGIC %env KERAS_BACKEND=jax\n",
        "# MAGIC %sql\n# MAGIC select 1\n",
        "# MAGIC %sh\n# MAGIC !export KERAS_BACKEND=jax\n",
        "# MAGIC %scala\n# MAGIC\n# MAGIC %env KERAS_BACKEND=jax\n",
        "# MAGIC %pip install -U keras\n",
        "s = '''\n# MAGIC\n'''\n",
        "# DBTITLE 1,Settings\nx = 1\n",
        "# %env KERAS_BACKEND=jax\n",
    ],
)
def test_cells_of_databricks_that_set_nothing(cell: str) -> None:
    assert found(f"{DATABRICKS}{IMPORT}{CELL}{cell}") == []


@pytest.mark.parametrize(
    "restart",
    [
        "dbutils.library.restartPython()",
        "import os\nos.kill(os.getpid(), 9)",
        "import IPython\nIPython.Application.instance().kernel.do_shutdown(True)",
        "exit()",
    ],
)
def test_a_kernel_that_starts_anew(restart: str) -> None:
    """What follows runs in another process, but it is code like any other."""
    late = "import os\nos.environ['KERAS_BACKEND'] = 'jax'\n"
    text = f"{DATABRICKS}{IMPORT}{CELL}{restart}\n{CELL}{late}{IMPORT}keras.engine.Layer\n"
    assert [one.split()[1] for one in found(text)] == ["KER301"]
    assert [one.split()[1] for one in found(text.replace(restart, "x = 1"))] == ["KER201", "KER301"]


def test_a_process_of_somebody_else_that_ends() -> None:
    text = f"{IMPORT}import os\nos.kill(child, 9)\nos.environ['KERAS_BACKEND'] = 'jax'\n"
    assert [one.split()[1] for one in found(text)] == ["KER201"]
