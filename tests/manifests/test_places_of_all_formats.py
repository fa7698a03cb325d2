"""Line and column of a requirement in every format, whatever ends the lines and begins the file."""

from __future__ import annotations

import pytest

from kerlint.manifests.formats import format_of, read

FILES = {
    "requirements.txt": "# \u00fc\nnumpy<2 \t# x\n\tkeras==2.5.0 \\\n    --hash=sha256:ab\n",
    "constraints.txt": "numpy\nkeras==2.5.0\n",
    "pyproject.toml": (
        '[project]\nname = "x"\nversion = "1"\ndependencies = [\n    # \u00fc\n    "numpy",\n'
        '    "h5py", "keras==2.5.0", # why\n]\n'
    ),
    "a/pyproject.toml": (
        'project = { name = "x", version = "1", optional-dependencies = { "\u00fc" = ["numpy"], '
        'gpu = ["h5py", "keras==2.5.0"] } }\n'
    ),
    "b/pyproject.toml": '[tool.poetry.dependencies]\npython = "^3.11"\n\n"keras" = "2.5.0"\n',
    "setup.cfg": "[options]\ninstall_requires =\n    numpy\n    keras==2.5.0\n",
    "setup.py": "from setuptools import setup\n\nsetup(\n    install_requires=[  'keras==2.5.0' ],\n)\n",
    "Pipfile": '[packages]\nnumpy = "*"\nkeras = "==2.5.0"\n',
    "Pipfile.lock": '{\n "default": {\n  "keras": {"version": "==2.5.0"}\n }\n}\n',
    "environment.yml": (
        "name: x\ndependencies:\n  - pip:  # \u00fc\n    - numpy\n    -   'keras==2.5.0'  # x\n"
    ),
    "a/environment.yml": "dependencies: [numpy, !!str &a keras==2.5.0, {pip: [h5py]}]\n",
    "uv.lock": 'version = 1\n\n[[package]]\nname = "keras"\nversion = "2.5.0"\n',
    "poetry.lock": '[[package]]\nname = "keras"\nversion = "2.5.0"\n',
    "pdm.lock": '[[package]]\nname = "keras"\nversion = "2.5.0"\n',
    "pylock.toml": '[[packages]]\nname = "keras"\nversion = "2.5.0"\n',
    "conda-lock.yml": "package:\n- version: 2.5.0\n  name: keras\n  manager: pip\n",
    "pixi.toml": '[pypi-dependencies]\nkeras = "==2.5.0"\n',
    "tox.ini": "[testenv]\ndeps =\n    numpy\n    py311: keras==2.5.0\n[testenv:py311]\n",
    "tox.toml": "[env_run_base]\ndeps = [ 'numpy',\n  'keras==2.5.0' ]\n",
    "noxfile.py": (
        "import nox\n@nox.session\ndef t(session):\n    session.install('\u00fc', 'keras==2.5.0')\n"
    ),
    "Dockerfile": "FROM python:3.11\nRUN pip install numpy \\\n  # \u00fc\n  keras==2.5.0\n",
    "a/Dockerfile": "FROM python:3.11\nRUN <<EOF\n\tpip install 'keras==2.5.0'\nEOF\n",
    "docker-compose.yml": (
        "services:\n  a:\n    command: bash -c 'pip install keras==2.5.0'\n    image: python\n"
    ),
    ".github/workflows/t.yml": (
        "jobs:\n  a:\n    steps:\n      - name: \u00fc\n        run: |\n          cd x\n"
        "          pip install keras==2.5.0\n"
    ),
    ".gitlab-ci.yml": ".a: &b\n  - pip install keras==2.5.0\nt:\n  script:\n    - *b\n",
    "Makefile": "a:\n\t@pip install numpy \\\n\t  keras==2.5.0\n",
    "install.sh": 'if true; then\n\tpip install "keras==2.5.0"\nfi\n',
    "train.py": '# /// script\n# dependencies = [\n#   "keras==2.5.0",\n# ]\n# ///\n',
    "conda/meta.yaml": (
        '{% set version = "1" %}\npackage:\n  name: x\nrequirements:\n  run:\n    - numpy\n'
        "    - keras==2.5.0  # [linux]\n"
    ),
    ".readthedocs.yaml": (
        "build:\n  jobs:\n    post_install:\n      - echo \u00fc\n      - pip install 'keras==2.5.0'\n"
    ),
    ".travis.yml": 'install:\n  - pip install numpy\n  - pip install "keras==2.5.0"  # \u00fc\n',
    "azure-pipelines.yml": (
        "steps:\n- script: >-\n    pip install\n    numpy\n    keras==2.5.0\n  displayName: \u00fc\n"
    ),
    ".circleci/config.yml": (
        "jobs:\n  a:\n    steps:\n      - run: {name: \u00fc, command: 'pip install keras==2.5.0'}\n"
    ),
    "bitbucket-pipelines.yml": (
        "pipelines:\n  default:\n    - step: {script: [\u00fc, pip install keras==2.5.0]}\n"
    ),
    "appveyor.yml": (
        "install:\n  - cmd: |\n      python -m pip install \u00fc ^\n        keras==2.5.0\n"
    ),
    "cloudbuild.yaml": (
        "steps:\n- name: x\n  entrypoint: pip\n  args: [install, '\u00fc', 'keras==2.5.0']\n"
    ),
    "Jenkinsfile": 'node {\n  // \u00fc\n  sh """\n    pip install keras==2.5.0\n  """\n}\n',
    "README.md": "# x\n\n```sh\npip install keras==2.5.0\n```\n",
}
WRITTEN = {
    "b/pyproject.toml": '"keras" = "2.5.0"',
    "Pipfile": 'keras = "==2.5.0"',
    "Pipfile.lock": "keras",
    "uv.lock": 'version = "2.5.0"',
    "poetry.lock": 'version = "2.5.0"',
    "pdm.lock": 'version = "2.5.0"',
    "pylock.toml": 'version = "2.5.0"',
    "conda-lock.yml": "keras",
    "pixi.toml": 'keras = "==2.5.0"',
}
"""What stands there, where it is not the requirement itself."""


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "BOM"])
@pytest.mark.parametrize("path", FILES)
def test_it_stands_where_it_is_said_to(path: str, mark: str, ending: str) -> None:
    text = FILES[path]
    found = read(path, (mark + text.replace("\n", ending)).encode())
    (one,) = {(one.span, one.specifier) for one in found.requirements if one.name == "keras"}
    (line, column), end = one[0]
    assert one[1] == "==2.5.0"
    assert end.line == line
    there = text.split("\n")[line - 1][column - 1 : end.column - 1]
    assert there == WRITTEN.get(path, "keras==2.5.0")


def test_all_formats_are_among_them() -> None:
    others = {"github-action", "conda-list", "notebook", "python-version", "runtime"}
    from kerlint.manifests.formats import READERS

    assert {format_of(path) for path in FILES} | others == set(READERS)
