"""Shell scripts: what reaches the environment, and what does not."""

from __future__ import annotations

import pytest

from tests.manifests.reading import launches_of, settings_of

CASES = [
    ("export KERAS_BACKEND=jax", ["B=jax 1:22"]),
    ('export A=1 KERAS_BACKEND="jax"', ["A=1 1:10", "B=jax 1:27"]),
    ("declare -x KERAS_BACKEND=jax", ["B=jax 1:26"]),
    ("declare KERAS_BACKEND=jax", []),
    ("KERAS_BACKEND=jax", []),
    ("KERAS_BACKEND=jax\nexport KERAS_BACKEND", ["B=jax 1:15"]),
    ("KERAS_BACKEND=jax python a.py", ["B=jax 1:15"]),
    ("cd x && KERAS_BACKEND='jax' pytest", ["B=jax 1:24"]),
    ("if true; then KERAS_BACKEND=jax pytest; fi", ["B=jax 1:29"]),
    ("env -u A KERAS_BACKEND=jax python a.py", ["B=jax 1:24"]),
    ("docker run -e KERAS_BACKEND=jax image", ["B=jax 1:29"]),
    ("docker run --env=KERAS_BACKEND=jax image", ["B=jax 1:32"]),
    ("export KERAS_BACKEND=$1", ["B=? 1:22"]),
    ('export KERAS_BACKEND="${BACKEND:-theano}"', ["B=? 1:22"]),
    ("export KERAS_BACKEND=`cat x`", ["B=? 1:22"]),
    ("export KERAS_BACKEND=$(cat x | head)", ["B=? 1:22"]),
    ("export KERAS_BACKEND='$x'", ["B=$x 1:23"]),
    ("export KERAS_BACKEND=j'a'\"x\"", ["B=jax 1:22"]),
    ("# export KERAS_BACKEND=theano", []),
    ("echo 'export KERAS_BACKEND=theano'", []),
    ("echo export KERAS_BACKEND=theano >> ~/.bashrc", []),
    ("cat <<EOF > x\nexport KERAS_BACKEND=theano\nEOF\nexport A=1", ["A=1 4:10"]),
    ("cat <<-'E O'\nexport A=1\nE O\nexport B=1", ["B=1 4:10"]),
    ('echo "KERAS_BACKEND=jax" >> $GITHUB_ENV', ["B=jax 1:21"]),
    ('echo KERAS_BACKEND=jax >> "$GITHUB_ENV"', ["B=jax 1:20"]),
    ('echo "KERAS_BACKEND=$B" >> $GITHUB_ENV', ["B=? 1:21"]),
    ("export KERAS_BACKEND=\\\n  jax", ["B= 1:22"]),
    ("export \\\n  KERAS_BACKEND=jax", ["B=jax 2:17"]),
    ("f() { export KERAS_BACKEND=jax; }", ["B=jax 1:28"]),
    ("python - <<< 'KERAS_BACKEND=x'", []),
    ("[[ $KERAS_BACKEND == theano ]] || exit 1", []),
    ("export KERAS_BACKEND='jax", ["B=? 1:22"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_commands(text: str, expected: list[str]) -> None:
    assert settings_of("run.sh", text) == expected


def test_scripts_that_are_started_with_variables_of_their_own() -> None:
    assert launches_of("run.sh", "KERAS_BACKEND=jax python3 -u a/b.py --x 1") == ["B=jax a/b.py"]
    assert launches_of("run.sh", "env KERAS_BACKEND=jax python b.py") == ["B=jax b.py"]
    for text in (
        "KERAS_BACKEND=jax python -m b",
        "KERAS_BACKEND=jax python -c 'x.py'",
        "cd a && KERAS_BACKEND=jax python b.py",
        "KERAS_BACKEND=jax pytest b.py",
        "KERAS_BACKEND=jax python $X/b.py",
        "python b.py",
    ):
        assert launches_of("run.sh", text) == []
