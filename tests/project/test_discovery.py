"""Which files are read: what git would track, no environments, each file once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kerlint.project.discovery import find
from kerlint.settings import SettingsTree


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, and a git that knows nothing of the user."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "me")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "me@example.org")
    return tmp_path


def touch(*names: str, content: str = "") -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(content)


def git(*arguments: str, folder: str = ".") -> None:
    subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True)


def found(
    *paths: str, expected_errors: int = 0, expected_warnings: int = 0, **overrides: object
) -> list[str]:
    errors: list[str] = []
    warnings: list[str] = []
    files = find(paths or ["."], SettingsTree(overrides), errors, warnings)
    assert len(errors) == expected_errors, errors
    assert len(warnings) == expected_warnings, warnings
    return [file.path for file in files]


class TestWithoutGit:
    def test_python_files_stubs_and_notebooks_by_name(self) -> None:
        touch("b.py", "a.py", "c.pyi", "d.txt", "pkg/z.py", "pkg/e.ipynb", "py")
        assert found() == ["a.py", "b.py", "c.pyi", "pkg/e.ipynb", "pkg/z.py"]

    def test_no_environments_caches_or_installed_packages(self) -> None:
        touch("own/a.py", "env/pyvenv.cfg", "env/lib/b.py", "conda/conda-meta/history")
        touch("conda/lib/c.py", "node_modules/d.py", "x/site-packages/e.py", ".tox/f.py")
        touch("__pycache__/g.py", ".git2/h.py")
        assert found() == [".git2/h.py", "own/a.py"]

    def test_an_environment_that_is_named_is_searched(self) -> None:
        touch("env/pyvenv.cfg", "env/bin/a.py", "env/lib/site-packages/b.py")
        assert found("env") == ["env/bin/a.py"]
        assert found("env/lib/site-packages") == ["env/lib/site-packages/b.py"]

    def test_order_of_the_arguments_and_each_file_once(self) -> None:
        touch("b/x.py", "a/x.py", "a/y.py")
        assert found("b", "./a/y.py", "a", "b/../b/x.py", str(Path("a/x.py").absolute())) == [
            "b/x.py",
            "a/y.py",
            "a/x.py",
        ]

    def test_paths_outside_stay_as_they_are(self, tmp_path: Path) -> None:
        touch("in/a.py", "out/b.py")
        os.chdir("in")
        assert found("../out", str(tmp_path / "out")) == [
            "../out/b.py",
            str(tmp_path / "out" / "b.py"),
        ]

    def test_links_to_folders_are_not_entered(self) -> None:
        touch("a/x.py")
        Path("a/loop").symlink_to("..", target_is_directory=True)
        Path("b").symlink_to("a", target_is_directory=True)
        assert found() == ["a/x.py"]
        assert found("b") == ["b/x.py"]

    def test_a_folder_that_cannot_be_searched_is_told_of(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        touch("a/x.py", "shut/y.py")
        scandir = os.scandir

        def guarded(path: str) -> object:
            if os.path.basename(path) == "shut":
                raise PermissionError(13, "Permission denied", path)
            return scandir(path)

        monkeypatch.setattr(os, "scandir", guarded)
        assert found(expected_errors=1) == ["a/x.py"]


class TestWithGit:
    def test_ignored_files_are_left_out_and_others_are_not(self) -> None:
        git("init")
        touch(".gitignore", content="build/\n*_gen.py\n!keep_gen.py\n")
        touch("a.py", "x_gen.py", "keep_gen.py", "build/b.py", "pkg/c.py", "pkg/d_gen.py")
        touch("pkg/.gitignore", content="c.py\n")
        assert found() == ["a.py", "keep_gen.py"]

    def test_a_tracked_file_is_read_although_it_is_ignored(self) -> None:
        git("init")
        touch("a_gen.py", "b_gen.py")
        git("add", "a_gen.py")
        touch(".gitignore", content="*_gen.py\n")
        assert found() == ["a_gen.py"]

    def test_a_file_that_is_named_is_read_although_it_is_ignored(self) -> None:
        git("init")
        touch(".gitignore", content="*.py\n")
        touch("a.py")
        assert found() == []
        assert found("a.py") == ["a.py"]

    def test_a_folder_that_is_named_is_searched_although_it_is_ignored(self) -> None:
        git("init")
        touch(".gitignore", content="corpus/\n")
        touch("corpus/a.py", "corpus/deep/b.py")
        assert found() == []
        assert found("corpus") == ["corpus/a.py", "corpus/deep/b.py"]
        assert found("corpus/deep") == ["corpus/deep/b.py"]

    def test_only_below_the_folder_that_is_named(self) -> None:
        git("init")
        touch("a.py", "pkg/b.py")
        git("add", ".")
        assert found("pkg") == ["pkg/b.py"]

    def test_an_environment_that_git_does_not_ignore(self) -> None:
        git("init")
        touch("env/pyvenv.cfg", "env/lib/a.py", "own/b.py", "x/node_modules/c.py")
        touch("mamba/conda-meta/history", "mamba/lib/d.py", "pyvenv.cfg.py")
        assert found() == ["own/b.py", "pyvenv.cfg.py"]

    def test_submodules_and_nested_repositories(self) -> None:
        git("init", "origin")
        touch("origin/s.py", "origin/t_gen.py")
        git("add", "s.py", folder="origin")
        git("commit", "-m", "s", folder="origin")
        git("init", "main")
        git(
            *("-c", "protocol.file.allow=always", "submodule", "add", "../origin", "sub"),
            folder="main",
        )
        git("init", "nested", folder="main")
        touch("main/nested/n.py", "main/nested/ignored.py", "main/a.py")
        touch("main/nested/.gitignore", content="ignored.py\n")
        assert found("main") == ["main/a.py", "main/nested/n.py", "main/sub/s.py"]

    def test_a_submodule_that_is_not_checked_out(self) -> None:
        git("init", "origin")
        touch("origin/s.py")
        git("add", "s.py", folder="origin")
        git("commit", "-m", "s", folder="origin")
        git("init", "main")
        git(
            *("-c", "protocol.file.allow=always", "submodule", "add", "../origin", "sub"),
            folder="main",
        )
        git("submodule", "deinit", "-f", "sub", folder="main")
        touch("main/a.py")
        assert found("main") == ["main/a.py"]

    def test_names_that_git_would_quote(self) -> None:
        git("init")
        touch("a b.py", "é.py", 'q"q.py', "tab\there.py", "new\nline.py")
        assert found() == sorted(["a b.py", "é.py", 'q"q.py', "tab\there.py", "new\nline.py"])

    def test_the_variables_of_a_hook_do_not_mislead(self, monkeypatch: pytest.MonkeyPatch) -> None:
        git("init", "one")
        git("init", "two")
        touch("one/a.py", "two/b.py")
        monkeypatch.setenv("GIT_DIR", str(Path("one/.git").absolute()))
        monkeypatch.setenv("GIT_WORK_TREE", str(Path("one").absolute()))
        assert found("two") == ["two/b.py"]

    def test_without_the_git_command_the_folder_is_walked(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        git("init")
        touch("a.py", ".gitignore")
        monkeypatch.setenv("PATH", "/nowhere")
        assert found(expected_warnings=1) == ["a.py"]

    def test_a_broken_repository_is_walked(self) -> None:
        touch(".git", content="gitdir: nowhere\n")
        touch("a.py")
        assert found(expected_warnings=1) == ["a.py"]

    @pytest.mark.skipif(sys.platform == "win32", reason="a script stands for git")
    @pytest.mark.parametrize(
        ("says", "errors"),
        [
            ("warning: could not open directory 'shut/': Permission denied", 1),
            ("warning: unable to access '/root/.config/git/ignore': Permission denied", 0),
        ],
    )
    def test_what_git_could_not_look_into_is_told(
        self, monkeypatch: pytest.MonkeyPatch, says: str, errors: int
    ) -> None:
        real = shutil.which("git")
        git("init")
        touch("a.py")
        touch("bin/git", content=f'#!/bin/sh\necho "{says}" >&2\nexec {real} "$@"\n')
        Path("bin/git").chmod(0o755)
        monkeypatch.setenv("PATH", str(Path("bin").absolute()), prepend=os.pathsep)
        assert found(expected_errors=errors) == ["a.py"]


class TestExclude:
    def test_what_is_found_is_left_out_and_what_is_named_is_not(self) -> None:
        touch("a.py", "tests/b.py")
        assert found(exclude=["tests"]) == ["a.py"]
        assert found("tests/b.py", exclude=["tests"]) == ["tests/b.py"]
        assert found("tests", exclude=["tests"]) == []

    def test_force_exclude_holds_for_what_is_named(self) -> None:
        touch("a.py", "tests/b.py")
        options = {"exclude": ["tests"], "force-exclude": True}
        assert found("tests/b.py", "a.py", **options) == ["a.py"]

    def test_patterns_of_a_file_are_relative_to_its_folder(self) -> None:
        touch("one/pkg/a.py", "two/pkg/b.py")
        touch("one/kerlint.toml", content='exclude = ["pkg/a.py"]\n')
        assert found() == ["two/pkg/b.py"]


def test_what_is_missing_is_told_of_and_the_rest_is_found() -> None:
    touch("a.py")
    assert found("nowhere", "a.py", "a.py/b", expected_errors=2) == ["a.py"]
    assert found("nul\0l", "a.py", expected_errors=1) == ["a.py"]


class TestFilesOfSettings:
    NAMES = (".env", "Dockerfile", ".github/workflows/ci.yml", ".vscode/launch.json", "tox.ini")

    @pytest.fixture(autouse=True, params=["git", "no git"])
    def files(self, request: pytest.FixtureRequest) -> None:
        touch(*self.NAMES, "a.py", "notes.yml", ".env.example", "venv/pyvenv.cfg", "venv/a.sh")
        if request.param == "git":
            git("init", "-q")

    def test_are_found(self) -> None:
        assert found() == [
            *(".env", ".github/workflows/ci.yml", ".vscode/launch.json", "Dockerfile"),
            *("a.py", "tox.ini"),
        ]

    def test_are_found_from_a_folder_that_makes_them_so(self, tmp_path: Path) -> None:
        assert found(".github/workflows") == [".github/workflows/ci.yml"]
        assert found(str(tmp_path / ".vscode")) == [".vscode/launch.json"]

    def test_are_no_python_where_their_name_does_not_show(self, tmp_path: Path) -> None:
        os.chdir(".github")
        assert found() == []
        assert found(str(tmp_path / ".github" / "workflows")) == []
        assert found("..")[0] == "../.env"
