"""Requirements files, read as pip reads them."""

from __future__ import annotations

import pytest

from tests.manifests.saying import manifest_of, problems, said


def test_names_versions_extras_and_markers() -> None:
    text = """\
    # what the model needs
    keras==2.3.1  # pinned
      TensorFlow_CPU[And_CUDA, b] >= 2.1, <3 ; python_version<"3.12"
    scipy (>=1.2)
    """
    assert said("requirements.txt", text) == [
        "keras==2.3.1 2:1",
        'tensorflow-cpu[and-cuda,b]>=2.1,<3; python_version < "3.12" 3:3',
        "scipy>=1.2 4:1",
    ]


def test_a_comma_may_stand_at_the_end_of_a_continued_line() -> None:
    text = (
        "keras \\\n  >=2.1, \\\r\n  <3\nnumpy \\\n    --hash=sha256:ab \\\n    --hash=sha256:cd\n"
    )
    assert said("requirements.txt", text) == [
        "keras>=2.1,<3 1:1",
        "numpy 4:1 (sha256:ab, sha256:cd)",
    ]


def test_includes_are_named_from_where_the_file_is() -> None:
    text = "-r base.txt\n-c../pins.txt\n--requirement=sub/x.txt\n-e .[dev]\n-r ${D}/x.txt\n"
    found = manifest_of("a/b/requirements.txt", text)
    assert [(one.kind, one.path, one.span.start) for one in found.includes] == [
        ("requirements", "a/b/base.txt", (1, 4)),
        ("constraints", "a/pins.txt", (2, 3)),
        ("requirements", "a/b/sub/x.txt", (3, 15)),
        ("project", "a/b", (4, 4)),
    ]
    assert [one.start for one in found.unread] == [(5, 4)]


def test_what_is_wrong_is_said_and_the_rest_is_read() -> None:
    text = """\
    keras=2.3.1
    numpy 1.2
    h5py>=2.*
    --ocean
    tensorflow==2.15.0
    """
    assert problems("requirements.txt", text) == [
        "1:1 `keras=2.3.1` is no valid requirement: a version is pinned with `==`, not `=`",
        "2:1 `numpy 1.2` is no valid requirement: there is no `==` between name and version",
        "3:1 `h5py>=2.*` is no valid requirement: .* suffix can only be used with `==` or `!=` "
        "operators",
        "4:1 pip refuses this line: there is no option `--ocean`",
    ]
    assert said("requirements.txt", text)[-1] == "tensorflow==2.15.0 5:1"


PAGE = """\
    Help on class Constraint in module keras.src.constraints:

    class Constraint(builtins.object)
     |  Base class for weight constraints.
    keras
    """


@pytest.mark.parametrize("path", ["man/Constraint.txt", "requirements/notes.txt"])
def test_a_page_of_prose_is_no_list(path: str) -> None:
    assert (problems(path, PAGE), said(path, PAGE)) == ([], [])


@pytest.mark.parametrize("path", ["requirements.txt", "dev-requirements.txt", "constraints.txt"])
def test_a_list_that_is_called_so_is_read_whatever_it_holds(path: str) -> None:
    assert len(problems(path, PAGE)) == 3


def test_secrets_are_masked() -> None:
    text = """\
    --extra-index-url https://me:hunter2@example.org/simple
    git+https://hunter2@github.com/keras-team/keras.git@v1#egg=keras
    keras @ https://a:hunter2@example.org/keras-2.3.1-py3-none-any.whl
    keras[ @ https://a:hunter2@example.org/keras-2.3.1-py3-none-any.whl
    """
    found = manifest_of("requirements.txt", text)
    shown = [one.text for one in found.requirements] + [one.message for one in found.problems]
    assert len(shown) == 4
    assert "hunter2" not in " ".join([*shown, *found.indexes])
