"""Pipfile, Pipfile.lock, script headers, files that name a Python, shell scripts."""

from __future__ import annotations

import pytest

from tests.manifests.saying import manifest_of, problems, said


def test_pipfile() -> None:
    text = """\
    [[source]]
    url = "https://me:secret@example.org/simple"
    name = "own"
    [packages]
    keras = "*"
    tensorflow = {version = "==2.15.0", extras = ["and-cuda"], markers = "python_version < '3.12'"}
    "h5py" = ">=3, <4"
    x = {git = "https://github.com/a/x.git", ref = "v1"}
    y = {path = ".", editable = true}
    colorama = {version = "*", sys_platform = "== 'win32'"}
    [packages.scipy]
    version = "~=1.2"
    [dev-packages]
    pytest = "^8"
    [docs]
    sphinx = "*"
    [requires]
    python_version = "3.10"
    """
    found = manifest_of("Pipfile", text)
    assert [(one.name, one.specifier, one.line, one.column) for one in found.requirements] == [
        ("keras", "", 5, 1),
        ("tensorflow", "==2.15.0", 6, 1),
        ("h5py", ">=3,<4", 7, 1),
        ("x", "", 8, 1),
        ("colorama", "", 10, 1),
        ("scipy", "~=1.2", 11, 11),
        ("pytest", "", 14, 1),
        ("sphinx", "", 16, 1),
    ]
    by_name = {one.name: one for one in found.requirements}
    assert by_name["tensorflow"].extras == ("and-cuda",)
    assert by_name["tensorflow"].marker == 'python_version < "3.12"'
    assert by_name["colorama"].marker == 'sys_platform == "win32"'
    assert (by_name["x"].source, by_name["pytest"].known) == ("vcs", False)
    assert (by_name["pytest"].origin, by_name["sphinx"].origin) == ("group dev", "group docs")
    assert [(one.kind, one.path) for one in found.includes] == [("project", ".")]
    assert [one.specifier for one in found.pythons] == ["==3.10.*"]
    assert "secret" not in "".join(found.indexes)
    assert problems("Pipfile", text) == [
        "14:1 `^8` is no version of `pytest` that Pipenv understands"
    ]
    assert by_name["tensorflow"].text.startswith("tensorflow = {version")
    assert by_name["tensorflow"].text.endswith("'3.12'\"}")


def test_pipfile_that_is_no_toml() -> None:
    assert problems("Pipfile", "[packages]\nkeras = *\n") == ["2:9 no valid TOML: invalid value"]


def test_pipfile_lock() -> None:
    text = """\
    {"_meta": {"requires": {"python_version": "3.8"}, "sources": [{"url": "https://x.y/simple"}]},
     "default": {"keras": {"hashes": ["sha256:ab"], "version": "==2.3.1", "extras": ["b", "a"],
                           "markers": "python_version >= '3.6'"},
                 "x": {"git": "https://github.com/a/x.git", "ref": "ab"}},
     "develop": {"pytest": {"version": "==8"}}}
    """
    assert said("Pipfile.lock", text) == [
        'keras[a,b]==2.3.1; python_version >= "3.6" 2:15 (locked, sha256:ab)',
        "x 4:15 (locked, vcs)",
        "pytest==8 5:15 (locked, group dev)",
    ]
    found = manifest_of("Pipfile.lock", text)
    assert [one.specifier for one in found.pythons] == ["==3.8.*"]
    assert problems("Pipfile.lock", text[:60]) == [
        "1:51 no valid JSON: unterminated string starting at"
    ]


def test_script_header() -> None:
    text = """\
    #!/usr/bin/env python3
    # /// script
    # requires-python = ">=3.11"
    # dependencies = [
    #   "keras>=3",  # the model
    #   "tensorflow ; sys_platform != 'darwin'",
    #
    #   'h5py=3',
    # ]
    # ///
    import keras
    """
    assert said("train.py", text) == [
        "keras>=3 5:6",
        'tensorflow; sys_platform != "darwin" 6:6',
        "h5py 8:6 (unknown)",
    ]
    found = manifest_of("train.py", text)
    assert [(one.specifier, one.span.start) for one in found.pythons] == [(">=3.11", (3, 22))]
    assert problems("train.py", text) == [
        "8:6 `h5py=3` is no valid requirement: a version is pinned with `==`, not `=`"
    ]
    text = "# /// script\n# dependencies = [\n#   'keras',\n# ///\n"
    assert problems("train.py", text)[0].startswith("4:1 no valid TOML")


def test_scripts_without_a_header_have_no_facts() -> None:
    for text in (
        "import keras\n",
        "# /// script\n# says what is needed\n",
        "# /// other\n# a=1\n# ///\n",
    ):
        found = manifest_of("x.py", text)
        assert (list(found.requirements), list(found.problems)) == ([], [])


@pytest.mark.parametrize(
    ("path", "text", "meant"),
    [
        (".python-version", "3.11.4\n3.9\n", ["==3.11.*"]),
        (".python-version", "# ours\n  3.10\n", ["==3.10.*"]),
        (".python-version", "cpython-3.12\n", ["==3.12.*"]),
        (".python-version", "pypy3.9-7.3.9\n", []),
        (".python-version", "my-env\n", []),
        ("runtime.txt", "python-3.8.1\n", ["==3.8.*"]),
        ("runtime.txt", "", []),
    ],
)
def test_one_python(path: str, text: str, meant: list[str]) -> None:
    found = manifest_of(path, text)
    assert [one.specifier for one in found.pythons] == meant
    assert not found.problems


def test_shell_script() -> None:
    text = "#!/bin/sh\nset -e\npip install 'keras>=3' tensorflow==2.15.0 # both\n"
    assert [one.partition(" (")[0] for one in said("setup.sh", text)] == [
        "keras>=3 3:14",
        "tensorflow==2.15.0 3:24",
    ]
