"""The hook, run by the real pre-commit on scratch repositories.

pre-commit builds an environment for the hook with pip, so these tests need the package registry.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOOK_FILES = (".pre-commit-hooks.yaml", "LICENSE", "README.md", "pyproject.toml")

BAD = "from keras.layers.core import Dense\n\nhead = Dense(3)\n"
MENDED = "from keras.layers import Dense\n\nhead = Dense(3)\n"


def environment(home: Path) -> dict[str, str]:
    """This process's environment, less what would leak into git, Python or pre-commit."""
    leaks = ("GIT_", "PRE_COMMIT", "PYTHON", "VIRTUAL_ENV", "SKIP", "KERAS_", "TF_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(leaks)}
    names = ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL")
    author = {f"GIT_{name}": "hook@example.org" for name in names}
    return {**kept, **author, "GIT_CONFIG_NOSYSTEM": "1", "PRE_COMMIT_HOME": str(home)}


class Repository:
    """A git repository and the commands that are run in it."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.home = home
        self.environment = environment(home)
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch", "main")

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
        )

    def git(self, *words: str) -> str:
        """What git prints; it must succeed."""
        done = self.run("git", *words)
        assert done.returncode == 0, done.stdout
        return done.stdout.strip()

    def pre_commit(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.run(sys.executable, "-m", "pre_commit", *words)

    def stage(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")
        self.git("add", name)

    def commit(self, message: str) -> subprocess.CompletedProcess[str]:
        return self.run("git", "commit", "--message", message)


@pytest.fixture(scope="module")
def kerlint(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A repository that holds the project as it stands, committed or not."""
    top = tmp_path_factory.mktemp("kerlint")
    repository = Repository(top / "kerlint", top / "home")
    for name in HOOK_FILES:
        shutil.copy(ROOT / name, repository.folder / name)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src", repository.folder / "src", ignore=ignored)
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message", "The project")
    return repository


def test_try_repo_fails_on_bad_code_and_passes_when_it_is_mended(
    kerlint: Repository, tmp_path: Path
) -> None:
    project = Repository(tmp_path / "project", tmp_path / "home")
    command = ("try-repo", str(kerlint.folder), "kerlint", "--all-files")

    project.stage("model.py", BAD)
    bad = project.pre_commit(*command)
    assert bad.returncode == 1, bad.stdout
    assert "KER301" in bad.stdout
    assert "model.py:1:" in bad.stdout

    project.stage("model.py", MENDED)
    mended = project.pre_commit(*command)
    assert mended.returncode == 0, mended.stdout
    assert "Passed" in mended.stdout


def test_lines_of_the_readme_stop_a_bad_commit(kerlint: Repository, tmp_path: Path) -> None:
    project = Repository(tmp_path / "project", kerlint.home)
    project.stage(".pre-commit-config.yaml", readme_configuration(kerlint))
    installed = project.pre_commit("install")
    assert installed.returncode == 0, installed.stdout

    project.stage("model.py", BAD)
    bad = project.commit("Add a model")
    assert bad.returncode == 1, bad.stdout
    assert "KER301" in bad.stdout
    assert project.run("git", "rev-parse", "--verify", "--quiet", "HEAD").returncode == 1

    project.stage("model.py", MENDED)
    mended = project.commit("Add a model")
    assert mended.returncode == 0, mended.stdout
    assert project.git("log", "--format=%s") == "Add a model"


def test_only_python_files_reach_the_hook(kerlint: Repository, tmp_path: Path) -> None:
    project = Repository(tmp_path / "project", kerlint.home)
    project.stage(".pre-commit-config.yaml", readme_configuration(kerlint))
    project.stage("notes.txt", BAD)
    skipped = project.pre_commit("run")
    assert skipped.returncode == 0, skipped.stdout
    assert "no files to check" in skipped.stdout

    project.stage("stub.pyi", BAD)
    project.stage("script", "#!/usr/bin/env python3\n" + BAD)
    (project.folder / "script").chmod(0o755)
    found = project.pre_commit("run", "--files", "stub.pyi", "script")
    assert found.returncode == 1, found.stdout
    assert "stub.pyi:1:" in found.stdout
    assert "script:2:" in found.stdout


UNFIT = "tensorflow==2.16.0\n"
FIT = "tensorflow==2.16.1\n"


def test_the_second_hook_looks_at_manifests_only(kerlint: Repository, tmp_path: Path) -> None:
    project = Repository(tmp_path / "project", kerlint.home)
    own = readme_configuration(kerlint).replace("id: kerlint\n", "id: kerlint-manifests\n")
    project.stage(".pre-commit-config.yaml", own)
    project.stage("model.py", BAD)
    project.stage("notes.txt", UNFIT)
    skipped = project.pre_commit("run")
    assert skipped.returncode == 0, skipped.stdout
    assert "no files to check" in skipped.stdout

    project.stage("requirements-gpu.txt", UNFIT)
    bad = project.pre_commit("run")
    assert bad.returncode == 1, bad.stdout
    assert "KER402" in bad.stdout
    assert "requirements-gpu.txt:1:" in bad.stdout

    project.stage("requirements-gpu.txt", FIT)
    mended = project.pre_commit("run")
    assert mended.returncode == 0, mended.stdout
    assert "Passed" in mended.stdout


CODE = ("setup.py", "noxfile.py")
"""Of code these are manifests by their names."""

NO_HOOK = ("script", "notebook", "readme")
"""Formats of files that the other hook is given, or that are only looked at beside others."""


def samples() -> dict[str, bool]:
    """Names of all formats, and such as are none, each with whether kerlint reads a manifest."""
    from kerlint.manifests.formats import format_of
    from kerlint.project.kinds import is_manifest

    plain = (
        *("requirements.txt", "requirements.in", "requirements-dev.txt", "dev_requirements.pip"),
        *("a/constraints.txt", "requirements/base.txt", "constraints/cpu.in", "pyproject.toml"),
        *("setup.cfg", "setup.py", "Pipfile", "sub/Pipfile.lock", "uv.lock", "x/poetry.lock"),
        *("pdm.lock", "pylock.toml", "pylock.dev.toml", "pixi.toml", "conda-lock.yml"),
        *("environment.yml", "conda/env-gpu.yaml", "cpu-environment.yml", "conda-linux-64.lock"),
        *(".python-version", "runtime.txt", "tox.ini", "tox.toml", "noxfile.py", "Makefile"),
        *("Dockerfile", "docker/Dockerfile.gpu", "gpu.Dockerfile", "Containerfile", "rules.mk"),
        *("compose.yml", "docker-compose.gpu.yaml", ".github/workflows/ci.yml", "action.yml"),
        *(".gitea/workflows/ci.yaml", ".gitlab-ci.yml", "ci/base.gitlab-ci.yml", "install.sh"),
        *("setup.bash", "GNUmakefile", "makefile", "dev.dockerfile", "sub/action.yaml"),
        *(".readthedocs.yml", "docs/.readthedocs.yaml", "conda/meta.yaml", "recipe.yaml"),
        *(
            ".travis.yml",
            "azure-pipelines.yml",
            ".azure-pipelines.yml",
            "ci/azure-pipelines-1.yaml",
        ),
        *(".azure-pipelines/steps.yml", "azure_pipelines/a.yml", ".azuredevops/ci.yml"),
        *("x.azure-pipelines.yml", ".circleci/config.yml", "bitbucket-pipelines.yml"),
        *("appveyor.yml", ".appveyor.yml", "cloudbuild.yaml", "sub/cloudbuild-gpu.yml"),
        *("Jenkinsfile", "ci/Jenkinsfile.gpu", "binder/postBuild"),
        *("workflow/envs/tf.yaml", "docker/conda_env/gpu.yml", "conda/cpu.yml"),
        *("dev-requirements.yml", "requirements_gpu.yaml"),
    )
    others = (
        *("notes.txt", "model.py", "docs/conf.py", "data.yml", "a.lock", "my.toml", "apt.txt"),
        *("requirements.yml", "Dockerfile.md", "workflows/ci.yml", "package.json", "envoy.txt"),
        *("travis.yml", "circleci/config.yml", "Jenkinsfile.md", "azure.yml", "postBuild.txt"),
        *("apt-requirements.txt", "a.ipynb", "README.md", "Pipfile.txt", "tests/data.toml"),
    )
    found = {}
    for name in (*plain, *others):
        code = name.endswith((".py", ".ipynb")) and not name.endswith(CODE)
        found[name] = is_manifest(name) and format_of(name) not in NO_HOOK and not code
    return found


def test_the_samples_hold_every_format() -> None:
    from kerlint.manifests.formats import READERS, format_of

    named = {format_of(name) for name, read in samples().items() if read}
    assert named == set(READERS) - set(NO_HOOK)


@pytest.mark.parametrize("name", samples())
def test_the_pattern_of_the_second_hook(name: str) -> None:
    text = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    pattern = re.search(r"^  files: \|\n((?:    .*\n)+)", text, re.MULTILINE)
    assert pattern is not None
    assert bool(re.search(dedent(pattern[1]), name)) == samples()[name]


def readme_configuration(kerlint: Repository) -> str:
    """`.pre-commit-config.yaml` with the lines of the README, pointing at a local clone."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"```yaml\n(  - repo: .*?)```", readme, re.DOTALL)
    assert block is not None
    lines = block[1]
    assert len(lines.splitlines()) == 4
    local, count = re.subn(r"repo: \S+", lambda _: f"repo: {kerlint.folder.as_posix()}", lines)
    assert count == 1
    commit = kerlint.git("rev-parse", "HEAD")
    pinned, count = re.subn(r"rev: [^\n]*", f"rev: {commit}", local)
    assert count == 1
    return f"repos:\n{pinned}"
