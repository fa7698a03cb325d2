"""Nothing private leaves: each kind of secret goes, and what a reader needs stays."""

from __future__ import annotations

import pytest

from kerlint.probe.exchange import plain
from kerlint.probe.finding import Evidence, Finding
from kerlint.probe.masking import Masks, of_this_machine
from kerlint.probe.observations import Distribution, Observations

MASKS = Masks("/home/greta", "greta", "labor7.example.org")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("/home/greta/env/bin/python", "~/env/bin/python"),
        ("PATH=/home/greta:/usr/bin", "PATH=~:/usr/bin"),
        ("/home/gretas/env", "/home/<user>/env"),
        ("/Users/ada/env", "/Users/<user>/env"),
        (r"C:\Users\ada\env", r"C:\Users\<user>\env"),
        ("owned by greta on labor7", "owned by <user> on <host>"),
        ("labor7.example.org: no route", "<host>: no route"),
        ("UUID: GPU-12345678-90ab-cdef-1234-567890abcdef)", "UUID: GPU-<id>)"),
        ("Serial Number: 1650823001234", "Serial Number: <serial>"),
        ("https://me:pw@packages.example.org/simple", "https://***"),
        ("(postgres://me:pw@db/x)", "(postgres://***)"),
        (
            "Looking in indexes: https://a.example/x, https://b.example/y",
            "Looking in indexes: <address>",
        ),
        ("--extra-index-url https://packages.example.org/x", "--extra-index-url <address>"),
        ("PIP_EXTRA_INDEX_URL=https://a.example", "PIP_EXTRA_INDEX_URL=<address>"),
        ("api_key=abcdef", "api_key=***"),
        (
            '{"wandb_token": "abc", "my_password": "d"}',
            '{"wandb_token": "***", "my_password": "***"}',
        ),
        (
            "AWS_SECRET_ACCESS_KEY=abc WANDB_API_KEY=d",
            "AWS_SECRET_ACCESS_KEY=*** WANDB_API_KEY=***",
        ),
        ("os.environ['MY_TOKEN'] = 'abc'", "os.environ['MY_TOKEN'] = '***'"),
        ("auth_token: abc; passphrase: d", "auth_token: ***; passphrase: ***"),
        ("twine upload --password abc x", "twine upload --password *** x"),
        ("Authorization: Basic YWJjOmRlZg==", "Authorization: Basic ***"),
        ("https://a.example/b?sv=1&sig=abc%3D", "https://a.example/b?sv=1&sig=***"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhYmMifQ.abc-def", "***"),
        ("https://conda.example/t/gr-12345678/main", "https://conda.example/t/***/main"),
        ("at labor7.example.org:8471, labor7.lan", "at <host>:8471, <host>"),
        ("Authorization: Bearer abcdefghijkl", "Authorization: Bearer ***"),
        ("hf_abcdefghijklmnopqrstuv", "***"),
    ],
)
def test_what_is_masked(text: str, masked: str) -> None:
    assert MASKS.text(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "/usr/lib/python3/dist-packages/keras/__init__.py",
        "keras 3.15.1 needs h5py>=3.9; TensorFlow 2.21.0 was built for CUDA 12.5.1",
        "cannot import name 'layers' from partially initialized module 'keras.src'",
        "token_embedding of keras.layers.TokenAndPositionEmbedding",
        "regretata is no greta-name",
        "unknown key: 'backend'; the tokenizer = WordPiece, tokens: 5, num_tokens=7",
        "IndexError: index 5 is out of bounds; index: 3; looking in the index for keras",
        "author: Ada; bypass = 3",
        "`pass` outside of a loop; compass: north",
        "https://github.com/keras-team/keras/issues/19875?page=2",
    ],
)
def test_what_a_reader_needs_stays(text: str) -> None:
    assert MASKS.text(text) == text


@pytest.mark.parametrize("home", ["", "/", "C:\\"])
def test_a_home_that_is_everything_masks_nothing(home: str) -> None:
    assert Masks(home, "", "").text("/usr/bin: C:\\Python") == "/usr/bin: C:\\Python"


@pytest.mark.parametrize("name", ["gpu", "keras", "vm", "python"])
def test_a_machine_with_the_name_of_a_thing(name: str) -> None:
    text = f"{name}: no {name} here, on {name}.example"
    assert Masks("", name, name).text(text) == text


def test_a_short_name() -> None:
    assert Masks("", "xi", "b7.lan").text("xi@b7.lan: xis on b7") == "<user>@<host>: xis on <host>"


def test_every_string_of_observations_is_masked() -> None:
    seen = Observations(
        environment={"TF_API_TOKEN": "abc", "KERAS_HOME": "/home/greta/k"},
        distributions=[Distribution(name="keras", location="/home/greta/env")],
    )
    masked = MASKS.deep(seen)
    assert "greta" not in str(plain(masked))
    assert masked.environment == {"TF_API_TOKEN": "***", "KERAS_HOME": "~/k"}


def test_every_string_of_a_finding_is_masked() -> None:
    found = Finding(
        code="KER612",
        name="files-missing",
        severity="error",
        message="in /home/greta",
        path="/home/greta/x",
        help="see /home/greta",
        evidence=[Evidence("greta", "/home/greta")],
        commands=["/home/greta/env/bin/python -m pip install keras"],
        subject="/home/greta",
    )
    masked = MASKS.finding(found)
    values = [getattr(masked, name) for name in ("message", "path", "help", "evidence", "commands")]
    assert "greta" not in str(values)
    assert masked.commands == ("~/env/bin/python -m pip install keras",)


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        ("/home/greta/env/bin/python -m pip list", "~/env/bin/python -m pip list"),
        ("'/home/greta/my env/bin/python' -m pip", "~/'my env/bin/python' -m pip"),
        ("mv /scratch/greta/x /scratch/greta/y", 'mv /scratch/"$USER"/x /scratch/"$USER"/y'),
        ("rm '/scratch/greta/a b'", "rm '/scratch/'\"$USER\"'/a b'"),
        ("rm '/scratch/<user>/a b' '~/c'", "rm '/scratch/'\"$USER\"'/a b' ~/'c'"),
        ("rm /home/ada/x", "rm /home/<user>/x"),
    ],
)
def test_a_masked_command_means_the_same_to_its_owner(line: str, masked: str) -> None:
    assert MASKS.command(line) == masked


def test_this_machine_is_known() -> None:
    import os

    home = os.path.expanduser("~")
    masked = of_this_machine().text(f"{home}/env")
    assert masked in (f"{home}/env", "~/env")
    assert (masked == "~/env") == (len(home) > 3)
