"""What may set an environment variable, by the bytes of a file."""

from __future__ import annotations

import pytest

from kerlint.source.variables import sets_unnamed

SETS = [
    "os.environ[name] = value",
    "os.environ.update(settings)",
    "os.environ.setdefault(name, value)",
    "environ |= settings",
    "settings = os.environ\nsettings[name] = value",
    "from os import environ as env\nenv[name] = value",
    "os.environ[PREFIX + '_X'] = value",
    "os.environ['A' + name] = value",
    "mock.patch.dict(os.environ, settings)",
    "from dotenv import load_dotenv",
    "env = environs.Env()\nenv.read_env()",
]
NAMES = [
    "token = os.environ.get('HF_TOKEN')",
    "for name, value in os.environ.items():",
    "subprocess.run(command, env=os.environ.copy())",
    "os.environ['HOME'] = '/data'",
    "os.environ.setdefault('OMP_NUM_THREADS', '1')",
    'os.environ.pop("HTTP_PROXY", None)',
    "environment = make_environment(environments)",
]


@pytest.mark.parametrize("text", SETS)
def test_any_variable(text: str) -> None:
    assert sets_unnamed(text.encode())


@pytest.mark.parametrize("text", NAMES)
def test_a_variable_that_is_named_or_none(text: str) -> None:
    assert not sets_unnamed(text.encode())
