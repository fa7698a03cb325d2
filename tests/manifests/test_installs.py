"""`pip install` and its like in scripts: what is installed, into what, and where it stands."""

from __future__ import annotations

from textwrap import dedent

from kerlint.manifests.drafts import Draft
from kerlint.manifests.installs import Installs
from kerlint.manifests.model import Manifest
from kerlint.manifests.scripts import Script


def installed(text: str, **more: str) -> Manifest:
    """The facts of a script in the file `build.sh`."""
    text = dedent(text)
    draft = Draft("build.sh", text, "shell")
    Installs(draft, variables=more).read(Script.of(text))
    return draft.manifest()


def said(text: str, **more: str) -> list[str]:
    """Each requirement as `name specifier line:column origin`, what is unknown with `?`."""
    found = []
    for one in installed(text, **more).requirements:
        extras = f"[{','.join(one.extras)}]" if one.extras else ""
        what = f"{one.name}{extras}{one.specifier}{'' if one.known else '?'}"
        found.append(" ".join(filter(None, (what, f"{one.line}:{one.column}", one.origin))))
    return found


def includes(text: str) -> list[str]:
    return [f"{one.kind} {one.path}" for one in installed(text).includes]


def test_pip_and_its_spellings() -> None:
    text = """\
        pip install keras==1
        pip3 -q install keras==2
        python -m pip install keras==3
        python3 -u -m pip --no-cache-dir install keras==4
        $PYTHON -m pip install keras==5
        {sys.executable} -m pip install keras==6
        ${PIP} install keras==7
        $(PIP) install keras==8
        uv pip install --system keras==9
        X=1 Y="2 3" sudo -H -E pip install keras==10
        poetry run pip install keras==11
        pip download keras==12
        pip list; pip install --dry-run keras==13
        echo pip install keras==14
        apt-get install keras==15
        """
    assert said(text) == [
        "keras==1 1:13",
        "keras==2 2:17",
        "keras==3 3:23",
        "keras==4 4:42",
        "keras==5 5:24",
        "keras==6 6:33",
        "keras==7 7:16",
        "keras==8 8:16",
        "keras==9 9:25",
        "keras==10 10:36",
        "keras==11 11:24",
    ]


def test_quotes_extras_and_what_the_shell_takes_for_itself() -> None:
    text = """\
        pip install 'keras>=3' "numpy<2" tensorflow[and-cuda]==2.15.* h5py>=3 \\
            protobuf\\<4 # six
        """
    assert said(text) == [
        "keras>=3 1:14",
        "numpy<2 1:25",
        "tensorflow[and-cuda]==2.15.* 1:34",
        "h5py 1:63",  # `>` sends the output into a file that is called `=3`
        "protobuf<4 2:5",
    ]


def test_what_is_not_known_is_not_guessed() -> None:
    text = """\
        TF=2.15
        pip install tensorflow==$TF "keras==${KERAS}" $ALL numpy==${NP:-1.26} $(cat x) jax*.whl
        for v in 1 2; do pip install h5py==$v; done
        """
    assert said(text) == [
        "tensorflow==2.15 2:13",
        "keras? 2:30",
        "numpy==1.26 2:52",
        "h5py? 3:30 line 3",
    ]
    assert [tuple(one.start) for one in installed(text).unread] == [(2, 47), (2, 71), (2, 80)]


def test_options_take_their_values() -> None:
    text = """\
        pip install -i https://x/simple --upgrade -t lib --no-deps keras
        pip install -Ur base.txt -cpins.txt --requirement=more.txt -e .[gpu] ../lib ./a[b]
        """
    (one,) = installed(text).requirements
    assert (one.name, one.origin, one.options) == (
        "keras",
        "target lib",
        ("other-index", "no-deps"),
    )
    assert includes(text) == [
        "project ../lib",
        "project a",
        "project .",
        "requirements base.txt",
        "requirements more.txt",
        "constraints pins.txt",
    ]


def test_options_of_uv_take_their_values() -> None:
    assert said(
        """\
        uv pip install --exclude-newer-package "setuptools=false" keras==1
        uv pip install --prerelease-package keras=allow --no-sources-package torch keras==2
        uv run --with-executables-from ruff --with keras==3 pytest
        """
    ) == ["keras==1 1:59", "keras==2 2:76", "keras==3 3:44 uv run"]


def test_folders() -> None:
    text = """\
        cd sub && pip install -r a.txt
        (cd inner; pip install -r b.txt)
        pip install -r c.txt
        cd $HOME
        pip install -r d.txt
        """
    assert includes(text) == [
        "requirements sub/a.txt",
        "requirements sub/inner/b.txt",
        "requirements sub/c.txt",
    ]


def test_branches_are_not_installed_together() -> None:
    text = """\
        pip install numpy
        if [ "$GPU" ]; then
          pip install tensorflow-gpu==2.4
        else pip install tensorflow==2.4; fi
        case $1 in
          old) pip install keras==2.3;;
          *) pip install keras==3;;
        esac
        pip install a==1 || pip install a==2
        [ -f x ] && pip install b
        pip install c || true
        f() {
          pip install d
        }
        pip install e
        """
    assert said(text) == [
        "numpy 1:13",
        "tensorflow-gpu==2.4 3:15 line 2",
        "tensorflow==2.4 4:18 line 4",
        "keras==2.3 6:20 line 6",
        "keras==3 7:18 line 7",
        "a==1 9:13 line 9",
        "a==2 9:33 line 9:21",
        "b 10:25 line 10",
        "c 11:13",
        "d 13:15 line 12",
        "e 15:13",
    ]
    assert installed(text).brings["line 6"] == ("",)


def test_a_test_of_two_texts_decides() -> None:
    text = """\
        if [ "0" = "1" ]; then pip install a; else pip install b; fi
        if [[ 1 == 1 ]]; then pip install c; elif [ $X = 1 ]; then pip install d; else pip install e; fi
        if [ linux != linux ]; then pip install f; elif [ x = x ]; then pip install g; fi
        if [ "" = "1" ]; then
          if [ $X = 1 ]; then pip install h; fi
        fi
        if [ 0 = 1 ] && [ $X = 1 ]; then pip install i; fi
        if [ 0 = 1 ] || [ $X = 1 ]; then pip install j; fi
        if ! [ 0 = 1 ]; then pip install k; fi
        if [ 1 = 1 ] && [ $X = 1 ]; then pip install l; fi
        if [ "$X" = "1" ]; then pip install m; fi
        if [ 0 -eq 1 ]; then pip install n; fi
        while [ 0 = 1 ]; do pip install o; done
        """
    assert [one.split()[0] for one in said(text)] == list("bcgjklmno")


def test_environments() -> None:
    text = """\
        /opt/venv/bin/pip install a
        python3.9 -m pip install b
        python -m venv .venv; source .venv/bin/activate
        pip install c
        deactivate
        /usr/bin/pip install d
        conda activate tf2
        pip install e
        pipx install f==1; pipx inject f g==2
        uvx --with h==1 i
        uv run --no-project --with 'j<2' --python 3.11 pytest
        """
    assert said(text) == [
        "a 1:27 /opt/venv",
        "b 2:26 python3.9",
        "c 4:13 .venv",
        "d 6:22",
        "e 8:13 tf2",
        "f==1 9:14 f",
        "g==2 9:34 f",
        "h==1 10:12 i",
        "i 10:17 i",
        "j<2 11:29 uv run",
    ]
    assert [(one.specifier, one.origin) for one in installed(text).pythons] == [
        ("==3.9.*", "python3.9"),
        ("==3.11.*", "uv run"),
    ]


def test_conda() -> None:
    text = (
        "conda create -n x -c conda-forge python=3.9 tensorflow=2.4.1 'numpy>=1.19,<1.21' keras\n"
    )
    found = installed(text)
    assert [(one.name, one.specifier, one.ecosystem) for one in found.requirements] == [
        ("tensorflow", "==2.4.1.*", "conda"),
        ("numpy", ">=1.19,<1.21", "conda"),
        ("keras", "", "conda"),
    ]
    assert found.pythons[0].specifier == "==3.9.*"


def test_projects() -> None:
    text = "poetry add keras@^2.15 && poetry install --with dev -E gpu\nuv sync --extra cpu\n"
    assert said(text) == ["keras>=2.15,<3.0 1:12"]
    assert [(one.path, one.extras, one.groups) for one in installed(text).includes] == [
        (".", (), ()),
        (".", ("gpu",), ("dev",)),
        (".", ("cpu",), ()),
    ]


def test_shells_in_shells() -> None:
    assert said("bash -lc \"pip install keras==1 'h5py<3'\"\n") == ["keras==1 1:23", "h5py<3 1:33"]


def test_what_is_taken_away_is_gone() -> None:
    assert said("pip install keras==2 numpy\npip uninstall -y Keras\n") == ["numpy 1:22"]


def test_what_pip_would_refuse() -> None:
    found = installed("pip install tensorflow=2.15\n")
    assert [one.message for one in found.problems] == [
        "`tensorflow=2.15` is no valid requirement: a version is pinned with `==`, not `=`"
    ]


def test_addresses_keep_their_secrets() -> None:
    text = "pip install git+https://me:hunter2@x.org/keras.git#egg=keras\n"
    (one,) = installed(text).requirements
    assert (one.name, one.source, one.known) == ("keras", "vcs", False)
    assert "hunter2" not in one.text


def test_each_command_has_its_number() -> None:
    found = installed("pip install a b\npip install c\n").requirements
    assert [one.command for one in found] == [1, 1, 2]
