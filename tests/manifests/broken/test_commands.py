"""Files with commands: what a shell, Docker or a service would refuse is told at its place; what
they take is not."""

from __future__ import annotations

import pytest

from tests.manifests.broken.telling import told_alike, told_in

BROKEN = {
    "a here-document of a Dockerfile": (
        "Dockerfile",
        "FROM python:3.11\nRUN <<EOF\npip install keras==2.5.0\n",
        ["2:5 the here-document `EOF` is never ended"],
    ),
    "a copied here-document": (
        "Dockerfile",
        "FROM python:3.11\nCOPY <<-'TEXT' requirements.txt\n\tkeras\nRUN pip install keras\n",
        ["2:6 the here-document `TEXT` is never ended"],
    ),
    "a list in quotes that are not those of JSON": (
        "Dockerfile",
        "FROM python:3.11\nRUN ['pip', 'install', 'keras==2.5.0']\n",
        ["2:5 this is no list in JSON, so that a shell is to run it"],
    ),
    "a line without its backslash": (
        "Dockerfile",
        "FROM python:3.11\nRUN pip install numpy &&\n    pip install keras==2.5.0\n",
        ["3:5 `pip` is no instruction of a Dockerfile: the line before it may lack its backslash"],
    ),
    "no image": ("Dockerfile", "FROM\nRUN pip install keras\n", ["1:1 `FROM` names no image"]),
    "a here-document of a script": (
        "install.sh",
        "set -e\n  cat > notes <<'END'\npip install keras==2.5.0\n",
        ["2:17 the here-document `END` is never ended: all that follows is its text"],
    ),
    "a quote of a script": (
        "install.sh",
        "cd app\npip install numpy 'keras==2.5.0\npip install tensorflow\n",
        ["2:19 the quote ' is never closed"],
    ),
    "a quote in a workflow": (
        ".github/workflows/test.yml",
        'jobs:\n  a:\n    steps:\n      - run: |\n          pip install "keras>=3\n',
        ['5:23 the quote " is never closed'],
    ),
    "a list of commands in a workflow": (
        ".github/workflows/test.yml",
        "jobs:\n  a:\n    steps:\n      - run: [pip install keras]\n",
        ["4:14 `run` is a text"],
    ),
    "steps that are no list": (
        ".github/workflows/test.yml",
        "jobs:\n  a:\n    steps:\n      run: pip install keras\n      name: x\n",
        ["4:7 `steps` is a list"],
    ),
    "a colon in a script of GitLab": (
        ".gitlab-ci.yml",
        "a:\n  script:\n    - pip install keras\n    - echo done: yes\n",
        ["4:7 a line of a script is a text, and this is a mapping"],
    ),
    "a service that is a text": (
        "docker-compose.yml",
        "services:\n  keras: train\n",
        ["2:10 the service `keras` is no mapping"],
    ),
    "spaces before a recipe": (
        "Makefile",
        "install:\n    pip install keras==2.5.0\n",
        ["2:1 a recipe begins with a tab, and this line with spaces"],
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_it_is_told(what: str) -> None:
    path, text, expected = BROKEN[what]
    assert told_in(path, text) == expected
    assert told_alike(path, text)


FINE = {
    "a test in brackets": (
        "Dockerfile",
        'FROM python:3.11\nRUN [ "$A" = "b" ] || pip install keras\nRUN [ -f x ] && pip install h5py\n',
    ),
    "shifts and here-strings": (
        "Dockerfile",
        "FROM python:3.11\nRUN echo $((1<<N)) && cat <<<keras && echo 'a <<EOF b' && pip install keras\n",
    ),
    "an instruction in small letters": ("Dockerfile", "from python:3.11\nrun pip install keras\n"),
    "arithmetic": ("install.sh", "(( n = 1 << 3 ))\npip install keras\n"),
    "an apostrophe in a here-document": (
        "install.sh",
        "cat <<EOF\ndon't\nEOF\npip install 'keras>=3'\n",
    ),
    "an apostrophe in a comment": ("install.sh", "pip install keras  # don't\n"),
    "an apostrophe in prose": ("README.md", "```\npip install keras  don't\n```\n"),
    "a matrix that is computed": (
        ".github/workflows/test.yml",
        "jobs:\n  a:\n    strategy:\n      matrix: ${{ fromJson(needs.x.outputs.y) }}\n    steps: []\n",
    ),
    "a job that is elsewhere": (
        ".github/workflows/test.yml",
        "jobs:\n  a:\n    uses: ./.github/workflows/other.yml\n",
    ),
    "an anchor that is set again": (
        "docker-compose.yml",
        "services:\n  a: &x\n    image: keras\n  b: &x\n    image: numpy\n  c: *x\n",
    ),
    "a target that nothing follows": ("Makefile", "a: b\n\nb:\n\tpip install keras\n"),
    "a variable of several lines": (
        "Makefile",
        "a:\n\t@true\nP = \\\n  pip install keras\n",
    ),
}


@pytest.mark.parametrize("what", FINE)
def test_nothing_is_told_of(what: str) -> None:
    assert told_in(*FINE[what]) == []
