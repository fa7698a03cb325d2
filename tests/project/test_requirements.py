"""What manifests ask for, as pip and PEP 621 read them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerlint.project.requirements import Requirement, Unreadable, read


def lines(tmp_path: Path, text: str | bytes, name: str = "requirements.txt") -> list[Requirement]:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read(str(path))


def short(found: list[Requirement]) -> list[tuple[str, str, int]]:
    return [(one.axis, one.specifier, one.line) for one in found]


@pytest.mark.parametrize(
    ("line", "axis", "specifier"),
    [
        ("keras", "keras", ""),
        ("Keras==2.2.4", "keras", "==2.2.4"),
        ("tensorflow >= 2.15 , < 2.17", "tensorflow", ">= 2.15 , < 2.17"),
        ("tensorflow[and-cuda]==2.16.1", "tensorflow", "==2.16.1"),
        ("TensorFlow_CPU~=2.15.0  # comment", "tensorflow", "~=2.15.0"),
        ("tensorflow-gpu==1.15", "tensorflow", "==1.15"),
        ("tensorflow-macos==2.13; sys_platform == 'darwin'", "tensorflow", "==2.13"),
        ("tf-nightly", "tensorflow", ""),
        ("tf_keras>=2.16", "tf_keras", ">=2.16"),
        ("tf.keras", "tf_keras", ""),
        ("keras==2.4.3 --hash=sha256:abc --hash=sha256:def", "keras", "==2.4.3"),
        ("keras (>=2.0)", "keras", ">=2.0"),
        ("keras @ git+https://github.com/keras-team/keras.git", "keras", ""),
        ("git+https://github.com/keras-team/keras.git#egg=keras", "keras", ""),
        ("git+https://github.com/keras-team/keras.git@v3.0", "keras", ""),
        ("-e git+https://github.com/keras-team/keras.git#egg=keras", "keras", ""),
        (
            "tensorflow @ https://example.org/tensorflow-2.15.0-cp311-cp311-linux_x86_64.whl",
            "tensorflow",
            "==2.15.0",
        ),
        (
            "https://example.org/tensorflow_cpu-2.15.0-cp311-cp311-linux_x86_64.whl",
            "tensorflow",
            "==2.15.0",
        ),
    ],
)
def test_a_line_about_a_library_of_ours(
    tmp_path: Path, line: str, axis: str, specifier: str
) -> None:
    assert short(lines(tmp_path, f"numpy\n{line}\n")) == [(axis, specifier, 2)]


@pytest.mark.parametrize(
    "line",
    [
        "keras-tuner==1.4",
        "tensorflow-datasets",
        "tensorflow_hub==0.12",
        "# keras==2.2.4",
        "--find-links https://example.org/keras",
        "-e .",
        "./keras",
        "keras = 2.2.4 is not a requirement",
        "",
    ],
)
def test_a_line_about_something_else(tmp_path: Path, line: str) -> None:
    assert lines(tmp_path, f"{line}\n") == []


def test_includes_and_constraints_are_followed_each_once(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more/base.txt").write_text("-r ../requirements.txt\nkeras>=3\n-c pins.txt\n")
    (tmp_path / "more/pins.txt").write_text("tensorflow==2.16.1\n")
    found = lines(tmp_path, "-r more/base.txt\n-r nowhere.txt\n--requirement=more/base.txt\n")
    assert [(one.axis, one.constraint) for one in found] == [("keras", False), ("tensorflow", True)]
    assert found[0].path.endswith("base.txt")
    assert found[0].line == 2


def test_continued_lines(tmp_path: Path) -> None:
    text = "numpy\nkeras \\\n  ==2.4.3 \\\n  --hash=sha256:abc\ntensorflow\n"
    assert short(lines(tmp_path, text)) == [("keras", "==2.4.3", 2), ("tensorflow", "", 5)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_files_that_windows_writes(tmp_path: Path, encoding: str) -> None:
    text = "keras==2.4.3\r\ntensorflow==2.4.1\r\n".encode(encoding)
    assert short(lines(tmp_path, text)) == [("keras", "==2.4.3", 1), ("tensorflow", "==2.4.1", 2)]


def test_pyproject_with_extras_and_groups(tmp_path: Path) -> None:
    text = """\
[project]
name = "own"
requires-python = ">=3.10"
dependencies = [
    "numpy",
    "keras>=3",
]
[project.optional-dependencies]
cpu = ["tensorflow-cpu>=2.16; python_version < '3.13'"]
[dependency-groups]
test = ["tf-keras", {include-group = "lint"}]
"""
    found = lines(tmp_path, text, "pyproject.toml")
    assert [(one.axis, one.specifier, one.group, one.line) for one in found] == [
        ("python", ">=3.10", "", 3),
        ("keras", ">=3", "", 6),
        ("tensorflow", ">=2.16", "cpu", 9),
        ("tf_keras", "", "test", 11),
    ]
    assert found[2].marker == 'python_version < "3.13"'


@pytest.mark.parametrize(
    "text",
    [
        "[project]\ndependencies = 'keras'\n",
        "[project]\ndependencies = [1]\n",
        "[project]\nrequires-python = 3\n",
        "project = 'keras'\n",
    ],
)
def test_pyproject_of_unusual_shape(tmp_path: Path, text: str) -> None:
    assert lines(tmp_path, text, "pyproject.toml") == []


def test_setup_cfg(tmp_path: Path) -> None:
    text = """\
[metadata]
name = own
[options]
python_requires = >=3.9
install_requires =
    numpy
    # keras==1
    tensorflow>=2.12,<2.16  # why not
[options.extras_require]
legacy =
    tf-keras
"""
    found = lines(tmp_path, text, "setup.cfg")
    assert [(one.axis, one.specifier, one.group) for one in found] == [
        ("python", ">=3.9", ""),
        ("tensorflow", ">=2.12,<2.16", ""),
        ("tf_keras", "", "legacy"),
    ]
    assert found[1].line == 8


@pytest.mark.parametrize(
    ("name", "text"),
    [("pyproject.toml", "[project\nkeras"), ("setup.cfg", "keras\n"), ("pyproject.toml", None)],
)
def test_what_cannot_be_read(tmp_path: Path, name: str, text: str | None) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(Unreadable, match=name):
        read(str(tmp_path / name))
