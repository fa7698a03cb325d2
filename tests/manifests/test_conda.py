"""conda's files: environments, locks, exported lists."""

from __future__ import annotations

from tests.manifests.saying import manifest_of, problems, said


def test_an_environment() -> None:
    text = """\
    name: vision
    channels: [conda-forge, defaults, nvidia]
    dependencies:
      - python=3.10
      - conda-forge::tensorflow=2.15=cuda*
      - "keras[version='>=3,<4']"
      - numpy >=1.2,<2  # not 2
      - h5py
      - scipy==1.2
      - pandas 1.2.*
      - pip:
        - -r requirements.txt
        - tensorflow-hub==0.16.1 ; python_version < "3.12"
        - 'keras-cv[tests]>=0.6'
        - -e .
    """
    assert said("environment.yml", text) == [
        "tensorflow==2.15 5:5 (conda)",
        "keras>=3,<4 6:6 (conda)",
        "numpy>=1.2,<2 7:5 (conda)",
        "h5py 8:5 (conda)",
        "scipy==1.2 9:5 (conda)",
        "pandas==1.2.* 10:5 (conda)",
        'tensorflow-hub==0.16.1; python_version < "3.12" 13:7',
        "keras-cv[tests]>=0.6 14:8",
    ]
    found = manifest_of("a/environment.yml", text)
    assert [one.specifier for one in found.pythons] == ["==3.10.*"]
    assert [(one.kind, one.path, one.span.start) for one in found.includes] == [
        ("requirements", "a/requirements.txt", (12, 10)),
        ("project", "a", (15, 10)),
    ]
    assert found.indexes == ["nvidia"]
    assert problems("environment.yml", text) == []


def test_a_version_that_looks_like_a_number_keeps_its_digits() -> None:
    text = "dependencies:\n  - python=3.10\n  - tensorflow=2.10\n"
    assert said("environment.yml", text) == ["tensorflow==2.10.* 3:5 (conda)"]


def test_what_is_no_match_specification_is_a_problem_and_the_rest_is_read() -> None:
    text = "dependencies:\n  - =2\n  - keras\n"
    assert problems("environment.yml", text) == ["2:5 `=2` is no match specification of conda"]
    assert said("environment.yml", text) == ["keras 3:5 (conda)"]


def test_other_yaml_files_have_no_facts() -> None:
    for text in ("a: [b\n", "{{ x }}: [\n", "- a\n- b\n", "", "dependencies: 3\n", "x: &a [*a]\n"):
        found = manifest_of("environment.yaml", text)
        assert (list(found.requirements), list(found.problems)) == ([], [])


def test_a_lock_has_an_origin_for_each_platform() -> None:
    text = """\
    version: 1
    metadata:
      platforms: [linux-64, osx-arm64]
    package:
    - name: python
      version: 3.10.12
      manager: conda
      platform: linux-64
      dependencies:
        libgcc: '>=12'
      category: main
    - name: keras
      version: '3.0.5'
      manager: pip
      platform: linux-64
      dependencies: {}
      hash:
        sha256: ab
      category: dev
    - name: tensorflow
      version: 2.15.0
      manager: conda
      platform: osx-arm64
    """
    wanted = [
        "keras==3.0.5 12:9 (locked, group dev platform linux-64)",
        "tensorflow==2.15.0 20:9 (locked, platform osx-arm64, conda)",
    ]
    assert said("conda-lock.yml", text) == wanted
    found = manifest_of("conda-lock.yml", text)
    assert found.platforms["platform osx-arm64"] == "macos"
    assert found.brings == {"group dev platform linux-64": ("platform linux-64",)}
    assert [(one.specifier, one.origin) for one in found.pythons] == [
        ("==3.10.*", "platform linux-64")
    ]
    # Written in another way, it says the same.
    assert said(
        "conda-lock.yml", text.replace("- name: python", "- {name: zlib}\n    - name: python")
    )[-2:] == [one.replace("12:9", "13:9").replace("20:9", "21:9") for one in wanted]


def test_exported_lists() -> None:
    text = """\
    # This file may be used to create an environment using:
    # $ conda create --name <env> --file <this file>
    # platform: linux-64
    _libgcc_mutex=0.1=main
    keras=2.3.1=0
    tensorflow=2.1.0=pypi_0
    """
    assert said("requirements.txt", text) == [
        "-libgcc-mutex==0.1 4:1 (locked, conda)",
        "keras==2.3.1 5:1 (locked, conda)",
        "tensorflow==2.1.0 6:1 (locked)",
    ]
    text = "@EXPLICIT\nhttps://conda.anaconda.org/conda-forge/linux-64/keras-3.0.5-py_0.conda#ab\n"
    assert said("conda-linux-64.lock", text) == ["keras==3.0.5 2:1 (locked, conda)"]
