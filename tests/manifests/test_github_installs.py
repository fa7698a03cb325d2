"""What the jobs of GitHub workflows install, run by run of their matrix."""

from __future__ import annotations

from textwrap import dedent

from kerlint.manifests import yaml_nodes
from kerlint.manifests.formats import read
from kerlint.manifests.model import Manifest
from kerlint.manifests.places import Places
from kerlint.manifests.yaml_scripts import script_of

PATH = ".github/workflows/ci.yml"


def workflow(steps: str, job: str = "") -> Manifest:
    """A workflow with one job, `test`, of these steps."""
    text = f"jobs:\n  test:\n{_indented(job, 4)}    steps:\n{_indented(steps, 6)}"
    return read(PATH, text)


def _indented(text: str, by: int) -> str:
    return "".join(f"{' ' * by}{line}\n" for line in dedent(text).strip("\n").split("\n") if text)


def said(found: Manifest) -> list[str]:
    return [
        f"{one.name}{one.specifier}{'' if one.known else '?'} {one.line}:{one.column} {one.origin}"
        for one in found.requirements
    ]


MATRIX = """\
    runs-on: ${{ matrix.os }}
    strategy:
      matrix:
        os: [ubuntu-latest, windows-2022]
        python: ["3.9", 3.10]
        name: [a, b]
        exclude:
          - {os: windows-2022, python: 3.10}
        include:
          - {os: macos-14, python: "3.12", tf: "2.16.1"}
          - {os: ubuntu-latest, python: "3.9", tf: "2.15.1"}
    """


def test_runs_of_a_matrix() -> None:
    found = workflow(
        """\
        - uses: actions/setup-python@v5
          with: {python-version: "${{ matrix.python }}"}
        - run: pip install "tensorflow==${{ matrix.tf || '2.14' }}" keras==${{ matrix.tf }}
        """,
        MATRIX,
    )
    assert [(one.specifier, one.origin) for one in found.pythons] == [
        ("==3.9.*", "job test (ubuntu-latest, 3.9, 2.15.1)"),
        ("==3.10.*", "job test (ubuntu-latest, 3.10)"),
        ("==3.9.*", "job test (windows-2022, 3.9)"),
        ("==3.12.*", "job test (macos-14, 3.12, 2.16.1)"),
    ]
    assert list(found.platforms.values()) == ["linux", "linux", "windows", "macos-arm64"]
    keras = [one.specifier for one in found.requirements if one.name == "keras"]
    assert keras == ["==2.15.1", "==2.16.1"]


def test_conditions() -> None:
    found = workflow(
        """\
        - run: pip install a
          if: runner.os == 'Windows'
        - run: pip install b
          if: ${{ matrix.python != '3.9' && runner.os == 'Linux' }}
        - run: pip install c
          if: github.event_name == 'push'
        - run: pip install d
          if: always()
        """,
        """\
        runs-on: ubuntu-latest
        strategy: {matrix: {python: ["3.9", "3.10"]}}
        """,
    )
    assert said(found) == [
        "b 8:26 job test (3.10)",
        "c 10:26 job test (3.9), line 10",
        "c 10:26 job test (3.10), line 10",
        "d 12:26 job test (3.9)",
        "d 12:26 job test (3.10)",
    ]


def test_a_test_of_the_shell_on_a_value_of_the_matrix() -> None:
    found = workflow(
        """\
        - run: |
            pip install tensorflow==${{ matrix.tf }}
            if [ "${{ matrix.legacy }}" = "1" ]; then
              pip install tf-keras==${{ matrix.tf }}
            fi
        """,
        """\
        runs-on: ubuntu-latest
        strategy:
          matrix:
            include:
              - {tf: "2.10.0", legacy: "0"}
              - {tf: "2.19.0", legacy: "1"}
        """,
    )
    asked = [(one.name, one.specifier) for one in found.requirements]
    assert asked == [
        ("tensorflow", "==2.10.0"),
        ("tensorflow", "==2.19.0"),
        ("tf-keras", "==2.19.0"),
    ]


def test_scalars_of_every_style() -> None:
    text = dedent("""\
        jobs:
          a:
            env: {KERAS: 3.1}
            steps:
              - run: |
                  pip install --upgrade pip
                  pip install "numpy<2" \\
                      keras==$KERAS  # now
              - run: >-
                  pip install
                  h5py==3.9

                  pip install jax
              - run: "pip install \\"tf-keras<2.17\\"
                  flax"
              - run: 'pip install ''torch<2.3'' lightning'
              - run: pip install
                  optax
              - run: import os
                shell: python
        """)
    found = read(PATH, text)
    assert said(found) == [
        "pip 6:33 job a",
        "numpy<2 7:24 job a",
        "keras==3.1 8:15 job a",
        "h5py==3.9 11:11 job a",
        "jax 13:23 job a",
        "tf-keras<2.17 14:29 job a",
        "flax 15:11 job a",
        "torch<2.3 16:29 job a",
        "lightning 16:41 job a",
        "optax 18:11 job a",
    ]


def test_folders_and_checkouts() -> None:
    found = workflow(
        """\
        - uses: actions/checkout@v4
          with: {path: src}
        - uses: actions/checkout@v4
          with: {repository: me/other, path: other}
        - run: pip install -r src/requirements.txt -r other/requirements.txt
        - run: pip install -e .[dev]
          working-directory: ./src/lib
        - run: pip install -r x.txt
          working-directory: ${{ github.workspace }}
        """
    )
    assert [(one.kind, one.path, one.extras) for one in found.includes] == [
        ("requirements", "requirements.txt", ()),
        ("project", "lib", ("dev",)),
    ]
    assert len(found.unread) == 2


def test_what_is_computed_is_unknown() -> None:
    found = workflow(
        """\
        - run: pip install tensorflow==${{ matrix.tf }} keras==${{ needs.x.outputs.y }}
        - run: pip install ${{ inputs.packages }}
        """,
        "strategy: {matrix: '${{ fromJSON(needs.x.outputs.matrix) }}'}",
    )
    assert said(found) == ["tensorflow? 5:26 job test", "keras? 5:55 job test"]
    assert len(found.unread) == 1


def test_containers_and_conda() -> None:
    found = workflow(
        """\
        - run: pip install tf_keras~=2.15
        - uses: mamba-org/setup-micromamba@v1
          with:
            environment-file: env.yml
            create-args: >-
              python=3.9
              tensorflow=2.1
        """,
        "runs-on: [self-hosted, linux]\ncontainer: tensorflow/tensorflow:2.15.0-gpu",
    )
    assert said(found) == [
        "tensorflow==2.15.0 4:16 job test",
        "tf-keras~=2.15 6:26 job test",
        "tensorflow==2.1.* 12:13 job test",
    ]
    assert found.platforms == {"job test": "linux"}
    assert [one.specifier for one in found.pythons] == ["==3.9.*"]


def test_composite_actions() -> None:
    text = (
        "runs:\n  using: composite\n  steps:\n    - run: pip install keras==3\n      shell: bash\n"
    )
    assert said(read("action.yml", text)) == ["keras==3 4:24 action"]


def test_places_in_scalars() -> None:
    text = dedent("""\
        a: |2
            x1 x2

           x3
        b: >
          y1
            y2

          y3
        c: "z1\\
          z2\\tz3 \\x41 \\u00e9 z4"
        """)
    places = Places(text)
    (root,) = yaml_nodes.documents(text, places)
    for _, _, node in yaml_nodes.items(root):
        script = script_of(node, places)
        assert script.text == node.value
        for word in ("x1", "x2", "x3", "y1", "y2", "y3", "z3", "z4"):
            at = script.text.find(word)
            if at >= 0:
                assert text[script.start(at) : script.end(at + 2)] == word
