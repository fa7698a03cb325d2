"""Shell scripts: what reaches the environment, and what does not."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.manifests.reading import file_of, launches_of, settings_of

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
    for text in ("KERAS_BACKEND=jax python -c 'x.py'", "KERAS_BACKEND=jax python $X/b.py"):
        assert launches_of("run.sh", text) == []


STARTED = {
    "KERAS_BACKEND=jax python -m b": "B=jax b",
    "cd a && KERAS_BACKEND=jax python b.py": "B=jax a/b.py",
    "KERAS_BACKEND=jax pytest b.py": "B=jax .",
    "export KERAS_BACKEND=jax\npython b.py": "B=jax b.py",
    "KERAS_BACKEND=jax\nexport KERAS_BACKEND\npython b.py": "B=jax b.py",
    "set -a\nKERAS_BACKEND=jax\npython b.py": "B=jax b.py",
    "export KERAS_BACKEND=jax\nexport KERAS_BACKEND=torch\npython b.py": "B=torch b.py",
    "export KERAS_BACKEND=jax\nunset KERAS_BACKEND\npython b.py": "b.py",
    "export KERAS_BACKEND=jax\n[ -n x ] && export KERAS_BACKEND=torch\npython b.py": "B=? b.py",
    "if true; then export KERAS_BACKEND=jax; fi\npython b.py": "B=? b.py",
    "test -e x || export KERAS_BACKEND=jax\npython b.py": "B=? b.py",
    "f() {\n  export KERAS_BACKEND=jax\n}\npython b.py": "B=? b.py",
    "(cd a; export KERAS_BACKEND=jax)\npython b.py": "b.py",
    "source venv/bin/activate\nKERAS_BACKEND=jax python b.py": "B=jax b.py",
    'KERAS_BACKEND=jax bash -lc "python b.py"': "B=jax b.py",
    "KERAS_BACKEND=jax sh -c 'cd a && exec python -u b.py'": "B=jax a/b.py",
    "KERAS_BACKEND=jax uv run --extra gpu python b.py": "B=jax b.py",
    "KERAS_BACKEND=jax uv run b.py": "B=jax b.py",
    "KERAS_BACKEND=jax uv run -m lab.b": "B=jax lab.b",
    "KERAS_BACKEND=jax poetry run python -m lab.b": "B=jax lab.b",
    "KERAS_BACKEND=jax pdm run python b.py": "B=jax b.py",
    "KERAS_BACKEND=jax pipenv run python b.py": "B=jax b.py",
    "KERAS_BACKEND=jax conda run -n python --no-capture-output python b.py": "B=jax b.py",
    "KERAS_BACKEND=jax torchrun --nproc_per_node 2 b.py --x 1": "B=jax b.py",
    "KERAS_BACKEND=jax python -m torch.distributed.run -m lab.b": "B=jax lab.b",
    "KERAS_BACKEND=jax accelerate launch --config_file c.yaml b.py": "B=jax b.py",
    "KERAS_BACKEND=jax horovodrun -np 4 -H localhost:4 python b.py": "B=jax b.py",
    "env KERAS_BACKEND=jax mpirun -np 2 -x PATH python b.py": "B=jax b.py",
    "KERAS_BACKEND=jax CUDA_VISIBLE_DEVICES=0 nohup python b.py > x.log 2>&1 &": "B=jax b.py",
    "KERAS_BACKEND=jax timeout 60 python -W ignore b.py": "B=jax b.py",
    "KERAS_BACKEND=jax streamlit run b.py": "B=jax b.py",
    "KERAS_BACKEND=jax uvicorn lab.serve:app --port 80": "B=jax lab.serve",
    "KERAS_BACKEND=jax papermill b.ipynb out.ipynb": "B=jax b.ipynb",
    "KERAS_BACKEND=jax coverage run --source=lab b.py": "B=jax b.py",
    "KERAS_BACKEND=jax ./b.py": "B=jax ./b.py",
}


@pytest.mark.parametrize("text", STARTED)
def test_what_is_started_and_with_what(text: str) -> None:
    (one,) = launches_of("run.sh", text)
    words = [word for word in one.split() if not word.startswith(("CUDA", "PATH"))]
    assert " ".join(words) == STARTED[text]


NOT_KNOWN = [
    "source settings.sh\npython b.py",
    "eval $(cat .env)\npython b.py",
    "cd $A\nKERAS_BACKEND=jax python b.py",
    "if true; then cd a; fi\nKERAS_BACKEND=jax python b.py",
    "KERAS_BACKEND=jax uv run --directory a python b.py",
    "KERAS_BACKEND=jax uv run --env-file .env python b.py",
    "KERAS_BACKEND=jax conda run --cwd a python b.py",
    "KERAS_BACKEND=jax env -C a python b.py",
    "KERAS_BACKEND=jax pytest --noconftest",
    "KERAS_BACKEND=jax pytest ../other",
    "KERAS_BACKEND=jax gunicorn --chdir a serve:app",
    "ssh host KERAS_BACKEND=jax python b.py",
    "docker run -e KERAS_BACKEND=jax image python b.py",
    "srun singularity exec image.sif python b.py",
    "echo python b.py",
    "cat b.py",
]


@pytest.mark.parametrize("text", NOT_KNOWN)
def test_what_is_not_known_to_be_started(text: str) -> None:
    assert launches_of("run.sh", text) == []


SEQUENCES = [
    "export KERAS_BACKEND=jax\npython b.py\nexport KERAS_BACKEND=torch\npython c.py",
    "KERAS_BACKEND=jax python b.py; python c.py",
    "KERAS_BACKEND=jax\npython b.py\nexport KERAS_BACKEND\npython c.py",
    "set -a\nKERAS_BACKEND=jax\nset +a\npython b.py",
    "(export KERAS_BACKEND=jax; cd a; python b.py)\npython c.py",
    "mkdir -p a && cd a && export KERAS_BACKEND=jax && python b.py",
    "export KERAS_BACKEND=jax\nunset KERAS_BACKEND\npython b.py",
    "export KERAS_BACKEND=jax\nKERAS_BACKEND=torch\npython b.py",
    "export KERAS_BACKEND=jax\nKERAS_BACKEND=torch bash -c 'python b.py'\npython c.py",
    "export KERAS_BACKEND=jax\nenv KERAS_BACKEND=torch python b.py\nenv python c.py",
    "KERAS_BACKEND=jax sh -c 'cd a; python b.py; KERAS_BACKEND=torch python c.py'\npython d.py",
    "export KERAS_BACKEND=jax\nnohup nice -n 1 python b.py\ntimeout 9 python c.py",
    "f() {\n  export KERAS_BACKEND=jax\n}\npython b.py\nf\npython c.py",
    "if true; then export KERAS_BACKEND=jax; fi\npython b.py",
    "true && export KERAS_BACKEND=jax\npython b.py",
    "false || export KERAS_BACKEND=jax\npython b.py",
    "for one in 1 2; do KERAS_BACKEND=jax python b.py; done",
    "declare -x KERAS_BACKEND=jax\npython b.py | cat\nexec python c.py",
    "export KERAS_BACKEND='jax' A=1 \\\n  B=2\ncd a\npython ../b.py",
    "while false; do export KERAS_BACKEND=jax; done\npython b.py",
]


@pytest.mark.parametrize("text", SEQUENCES)
def test_what_a_shell_itself_hands_on(text: str, tmp_path: Path) -> None:
    """What is said to be in force when a program starts is what it finds."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "a").mkdir()
    told = tmp_path / "told"
    python = tmp_path / "bin" / "python"
    python.write_text(f'#!/bin/sh\necho "$PWD|${{KERAS_BACKEND-unset}}|$1" >> {told}\n')
    python.chmod(0o755)
    environment = {"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"}
    subprocess.run(["bash", "-c", text], cwd=tmp_path, env=environment, check=True)
    seen = [line.split("|") for line in told.read_text().splitlines()]
    launches = file_of("run.sh", text).launches
    assert [one.program.name for one in launches] == list(dict.fromkeys(one[2] for one in seen))
    for launch in launches:
        setting = launch.settings.get("KERAS_BACKEND")
        expected = "unset" if setting is None else setting.value
        for folder, value, name in seen:
            if name == launch.program.name:
                assert Path(folder) == tmp_path / launch.folder
                assert expected in (value, None)
