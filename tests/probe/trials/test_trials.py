"""Frameworks that work, raise, crash, hang, leave early, flood or stay behind: each is recorded."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest

from kerlint.probe.asked import Asked, Wish
from kerlint.probe.observations import (
    Interpreter,
    KerasConfig,
    ModuleFound,
    Observations,
    Site,
    Start,
)
from kerlint.probe.trial_observations import Trial
from kerlint.probe.trials import try_all
from kerlint.probe.wishes import asked_of_environment

from .stand_ins import TORCH, Environment
from .tiny_keras import TORCH_FILES

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and process groups of POSIX")


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    return Environment(tmp_path / "env")


def seen_of(environment: Environment, *names: str) -> Observations:
    return Observations(
        interpreter=Interpreter(executable=environment.python),
        modules=[ModuleFound(name=name, kind="package") for name in names],
    )


def tried(environment: Environment, name: str, code: str, seconds: float = 30) -> Trial:
    environment.package(name, code)
    seen = seen_of(environment, name)
    (trial,) = try_all(seen, asked_of_environment(seen), seconds=seconds)
    return trial


def test_one_that_works(environment: Environment) -> None:
    trial = tried(environment, "torch", TORCH)
    assert (trial.ended, trial.returncode, trial.error) == ("well", 0, "")
    assert trial.devices == ["cpu"]
    assert trial.device_of_result == "cpu"
    values = {one.step: one.value for one in trial.steps}
    assert values["imported"] == "9.9"
    assert values["file"].endswith("torch/__init__.py")
    assert all(one.ok for one in trial.steps)


def test_wrong_numbers_are_no_success(environment: Environment) -> None:
    trial = tried(environment, "torch", TORCH.replace("a * b for", "a * b + 1 for"))
    assert trial.ended == "failed"
    assert trial.error.startswith("ArithmeticError: a product of 8x8 matrices: number 0 is")


def test_a_result_from_the_cpu_is_called_so(environment: Environment) -> None:
    code = TORCH.replace("return 0", "return 1").replace("return False", "return True")
    trial = tried(environment, "torch", code)
    assert trial.devices == ["cpu", "cuda:0"]
    assert trial.device_of_result == "cpu"


def test_operations_that_need_the_libraries_of_a_gpu_are_tried_where_one_is_wanted(
    environment: Environment,
) -> None:
    environment.package("torch", TORCH)
    seen = seen_of(environment, "torch")
    asked = Asked(asked_of_environment(seen).owner, gpu=[Wish("a GPU", "--require-gpu")])
    (trial,) = try_all(seen, asked, seconds=30)
    assert trial.ended == "failed"
    assert "convolved" in [one.step for one in trial.steps if not one.ok]


def test_an_exception_keeps_its_tail(environment: Environment) -> None:
    trial = tried(
        environment, "jax", "def deep():\n    raise ImportError('\\n\\nno umath\\nmore')\ndeep()"
    )
    assert trial.ended == "failed"
    assert trial.error == "ImportError: no umath"
    assert "in deep" in trial.traceback
    assert trial.last_step == "imported"


def test_a_crash_says_where(environment: Environment) -> None:
    trial = tried(
        environment, "tensorflow", "import os\ndef fall(): os.kill(os.getpid(), 11)\nfall()"
    )
    assert (trial.ended, trial.signal, trial.returncode) == ("crashed", 11, None)
    assert trial.last_step == "imported"
    assert "in fall" in trial.traceback


def test_a_hang_says_where(environment: Environment) -> None:
    code = "import time\ndef wait():\n    while True: time.sleep(1)\nwait()"
    trial = tried(environment, "tensorflow", code, seconds=2)
    assert trial.ended == "timed-out"
    assert "in wait" in trial.traceback


@pytest.mark.parametrize("leave", ["import sys; sys.exit(0)", "import os; os._exit(0)"])
def test_leaving_early_is_no_success(environment: Environment, leave: str) -> None:
    trial = tried(environment, "jax", leave)
    assert (trial.ended, trial.returncode, trial.last_step) == ("no-result", 0, "imported")


def test_a_forged_result_is_not_believed(environment: Environment) -> None:
    forged = (
        "import os, json\n"
        "with open('../result.jsonl', 'a') as file:\n"
        "    file.write(json.dumps({'end': True, 'failed': False, 'nonce': ''}) + '\\n[]\\n1\\n{\\n')\n"
        "os._exit(0)"
    )
    assert tried(environment, "jax", forged).ended == "no-result"


def test_a_flood_is_bounded(environment: Environment) -> None:
    trial = tried(environment, "torch", TORCH + "\nprint('x' * 5_000_000)")
    assert trial.ended == "well"
    assert trial.output_bytes > 5_000_000
    assert len(trial.output) < 10_000


def test_somebody_stays_behind(environment: Environment) -> None:
    stay = "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])"
    trial = tried(environment, "torch", f"{TORCH}\n{stay}")
    assert (trial.ended, trial.left_behind) == ("well", True)


def test_a_folder_that_remained_is_no_package(environment: Environment) -> None:
    environment.file("keras/rest_test.py", "")
    seen = seen_of(environment, "keras")
    (trial,) = try_all(seen, asked_of_environment(seen), seconds=30)
    assert trial.ended == "failed"
    assert trial.error.startswith("ImportError: `keras` has no file")


@pytest.mark.parametrize(
    ("code", "ended"),
    [
        ("import os; os._exit(0)", "no-result"),
        ("import sys; sys.modules['json'] = sys", "no-result"),
        ("import os\nos.fork()\nos.fork()\nwhile True: os.write(1, b'x' * 65536)", "timed-out"),
    ],
)
def test_a_hostile_start_ends_within_the_limit(
    environment: Environment, code: str, ended: str
) -> None:
    environment.file("sitecustomize.py", code)
    assert tried(environment, "torch", TORCH, seconds=3).ended == ended


def test_what_broke_the_start_is_told(environment: Environment) -> None:
    environment.file("sitecustomize.py", "import sys; sys.modules['json'] = sys")
    trial = tried(environment, "torch", TORCH)
    assert trial.error == "AttributeError: module 'sys' has no attribute 'load'"
    assert "start.py" in trial.traceback


def test_nothing_is_written_outside(
    environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    home = tmp_path / "home"
    (home / ".keras").mkdir(parents=True)
    (home / ".keras" / "keras.json").write_text('{"backend": "jax"}')
    temporary.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    # Keras writes its settings when it is imported, and so does this.
    code = """
        import os, tempfile
        path = os.path.join(os.environ["KERAS_HOME"], "keras.json")
        found = open(path).read()
        open(path, "w").write("{}")
        open("here", "w").write("1")
        tempfile.mkstemp()
        for name in (".keras/a", ".cache/b/c", ".nv/d", ".config/matplotlib/e", ".local/f"):
            place = os.path.join(os.path.expanduser("~"), name)
            os.makedirs(os.path.dirname(place), exist_ok=True)
            open(place, "w").write("1")
        raise ImportError(found)
    """
    environment.package("keras", code)
    before = _picture(tmp_path)
    seen = seen_of(environment, "keras")
    seen.keras_config = KerasConfig(text='{"backend": "torch"}')
    (trial,) = try_all(seen, asked_of_environment(seen), seconds=30)
    assert trial.error == 'ImportError: {"backend": "torch"}'
    assert _picture(tmp_path) == before


def test_packages_of_the_user_are_found_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    user_site = home / ".local" / "lib" / version / "site-packages"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("PYTHONUSERBASE", raising=False)
    monkeypatch.delenv("PYTHONNOUSERSITE", raising=False)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    for name, text in TORCH_FILES.items():
        file = user_site / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="ascii")
    python = os.path.realpath(sys.executable)
    seen = Observations(
        interpreter=Interpreter(executable=python),
        site=Site(user_site=str(user_site)),
        modules=[ModuleFound(name="torch", kind="package")],
    )
    before = _picture(home)
    (trial,) = try_all(seen, asked_of_environment(seen), seconds=30)
    assert (trial.ended, trial.error) == ("well", "")
    assert any(one.value.startswith(str(user_site)) for one in trial.steps)
    assert _picture(home) == before


def test_a_home_that_cannot_be_written_is_kept(
    environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = str(tmp_path / "gone")
    monkeypatch.setenv("HOME", home)
    trial = tried(environment, "torch", "import os; raise ImportError(os.environ['HOME'])")
    assert trial.error == f"ImportError: {home}"


def _picture(folder: Path) -> dict[str, tuple[int, int]]:
    """All there is, with size and time of the files."""
    return {
        str(path): (0, 0) if path.is_dir() else (path.lstat().st_size, path.lstat().st_mtime_ns)
        for path in folder.rglob("*")
    }


def test_an_interpreter_that_is_not_there(environment: Environment) -> None:
    environment.package("jax", "")
    seen = seen_of(environment, "jax")
    seen.interpreter.executable += "-gone"
    (trial,) = try_all(seen, asked_of_environment(seen), seconds=5)
    assert (trial.ended, trial.error) == ("not-run", "No such file or directory")


def test_an_interpreter_that_does_not_start_is_not_tried(environment: Environment) -> None:
    seen = seen_of(environment, "jax")
    seen.starts = [Start(mode="isolated", answered=True), Start(mode="ordinary", timed_out=True)]
    (trial,) = try_all(seen, asked_of_environment(seen), seconds=5)
    assert (trial.ended, trial.error) == ("not-run", "the interpreter does not start")
