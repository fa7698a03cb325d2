"""setup.cfg and setup.py, without running anything."""

from __future__ import annotations

from tests.manifests.saying import manifest_of, problems, said


def test_setup_cfg() -> None:
    text = """\
    [metadata]
    name = My_Pkg
    [options]
    python_requires = >=3.9, <3.13
    install_requires =
        # the model
        keras>=3  # newest
        tensorflow ; python_version < "3.12"
    setup_requires = setuptools; wheel
    [options.extras_require]
    GPU = tensorflow[and-cuda]
    all =
        my-pkg[gpu]
        h5py%%
    """
    found = manifest_of("setup.cfg", text)
    assert said("setup.cfg", text) == [
        "keras>=3 7:5",
        'tensorflow; python_version < "3.12" 8:5',
        "setuptools 9:18 (build)",
        "wheel 9:30 (build)",
        "tensorflow[and-cuda] 11:7 (extra gpu)",
    ]
    assert found.name == "my-pkg"
    assert found.brings == {"extra all": ("extra gpu",)}
    assert [(one.specifier, one.span.start) for one in found.pythons] == [(">=3.9,<3.13", (4, 19))]
    assert [one.span.start for one in found.problems] == [(14, 5)]


def test_setup_cfg_that_names_files() -> None:
    found = manifest_of(
        "a/setup.cfg", "[options]\ninstall_requires = file: requirements.txt, b.in\n"
    )
    assert [(one.kind, one.path, one.span.start) for one in found.includes] == [
        ("requirements", "a/requirements.txt", (2, 26)),
        ("requirements", "a/b.in", (2, 44)),
    ]


def test_setup_cfg_that_configparser_refuses_is_read_all_the_same() -> None:
    text = "[options]\ninstall_requires = keras\n[options]\npython_requires = >=3\n"
    assert problems("setup.cfg", text) == [
        "3:1 no valid INI file: the section `[options]` comes twice"
    ]
    assert said("setup.cfg", text) == ["keras 2:20"]


def test_setup_py_with_lists_put_together() -> None:
    text = """\
    from setuptools import setup
    TF = "2.15"
    base = ["keras==%s" % "3.0", f"tensorflow=={TF}"]
    base += ["numpy>={}".format("1.2")]
    base.append('h5py')
    extras = {"gpu": ["tensorrt"], 'win:sys_platform == "win32"': ["colorama"]}
    extras["dev"] = extras["gpu"] + ["pytest"]
    setup(name="x", install_requires=base + ["scipy"], extras_require=extras,
          python_requires=">=3.8")
    """
    assert said("setup.py", text) == [
        "keras==3.0 3:9",
        "tensorflow==2.15 3:30",
        "numpy>=1.2 4:10",
        "h5py 5:14",
        "tensorrt 6:20 (extra gpu)",
        "tensorrt 6:20 (extra dev)",
        'colorama; sys_platform == "win32" 6:65 (extra win)',
        "pytest 7:35 (extra dev)",
        "scipy 8:43",
    ]


def test_setup_py_reads_a_file_of_requirements() -> None:
    for reading in (
        'open("requirements.txt").read().splitlines()',
        '[line.strip() for line in open(os.path.join(HERE, "requirements.txt")) if line.strip()]',
        'Path(__file__).parent.joinpath("requirements.txt").read_text().split("\\n")',
        '(HERE2 / "requirements.txt").read_text().splitlines()',
        'read("requirements.txt")',
        '[str(one.req) for one in parse_requirements("requirements.txt", session=False)]',
        'list(filter(None, open("requirements.txt").readlines()))',
    ):
        text = f"""
HERE = os.path.abspath(os.path.dirname(__file__))
HERE2 = Path(__file__).resolve().parent
def read(name):
    with open(os.path.join(HERE, name)) as stream:
        lines = []
        for line in stream:
            line = line.strip()
            if line and not line.startswith("#"):
                lines.append(line)
        return lines
setup(install_requires={reading})
"""
        found = manifest_of("a/setup.py", text)
        assert [(one.kind, one.path, one.span.start.line) for one in found.includes] == [
            ("requirements", "a/requirements.txt", 12)
        ], reading
        assert not found.unread


def test_setup_py_what_needs_running_is_unread() -> None:
    text = """\
    import sys
    needs = ["keras"]
    if sys.version_info < (3, 8):
        needs.append("typing_extensions>=4")
    if GPU:
        tf = "tensorflow-gpu"
    else:
        tf = "tensorflow"
    needs.append(tf)
    setup(install_requires=needs + more(), extras_require={"a": listed(), key: ["b"]})
    """
    assert said("setup.py", text) == ["keras 2:11", "typing-extensions>=4 4:19 (unknown)"]
    found = manifest_of("setup.py", text)
    assert [one.start.line for one in found.unread] == [8, 10, 10, 10]


def test_setup_py_in_a_function_and_with_a_table_of_arguments() -> None:
    text = """\
    def main():
        kwargs = dict(name="a", install_requires=["keras"])
        setuptools.setup(**kwargs)
    if __name__ == "__main__":
        main()
    """
    assert said("setup.py", text) == ["keras 2:48"]
    assert said("setup.py", "K = {'install_requires': ['é keras'[2:], 'h5py']}\nsetup(**K)") == [
        "h5py 1:43"
    ]


def test_setup_py_that_is_no_python_is_unread() -> None:
    found = manifest_of("setup.py", "print 'old'\nsetup(install_requires=['keras'])\n")
    assert (len(found.problems), len(found.unread)) == (1, 1)
