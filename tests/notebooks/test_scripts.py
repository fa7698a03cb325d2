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
