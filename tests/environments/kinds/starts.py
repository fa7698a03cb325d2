"""The interpreter's start: sitecustomize, `.pth` files, the path, what hides what."""

from __future__ import annotations

from tests.environments.environment import Environment
from tests.environments.kind import kind


@kind("keras-3", "KER601", mends=False)
def interpreter_dangles(here: Environment) -> None:
    for name in (
        "python",
        "python3",
        *(path.name for path in here.python.parent.glob("python3.*")),
    ):
        path = here.python.parent / name
        path.unlink(missing_ok=True)
        path.symlink_to("/nowhere/bin/python3.12")


@kind("keras-3", "KER602")
def start_ends_at_once(here: Environment) -> None:
    here.write("sitecustomize.py", "import os\nos._exit(0)\n")


@kind("keras-3", "KER602")
def start_hangs(here: Environment) -> None:
    here.write("sitecustomize.py", "import time\ntime.sleep(600)\n")


@kind("keras-3", "KER602")
def start_floods_and_forks(here: Environment) -> None:
    here.write(
        "sitecustomize.py",
        "import os\nos.fork()\nos.fork()\nwhile True: os.write(1, b'x' * 65536)\n",
    )


@kind("keras-3", "KER602", "KER654", mends=False)
def start_replaces_json(here: Environment) -> None:
    here.write("sitecustomize.py", "import sys\nsys.modules['json'] = sys\n")


@kind("keras-3", "KER602")
def pth_ends_every_start(here: Environment) -> None:
    here.write("leave.pth", "import os; os._exit(7)\n")


@kind("keras-3", "KER602", "KER603")
def pth_that_is_no_text(here: Environment) -> None:
    here.write("old.pth", "")
    (here.site / "old.pth").write_bytes(b"\xff\xfe/\x00")


@kind("keras-3", "KER603")
def pth_raises(here: Environment) -> None:
    here.write("old.pth", "import no_such_module_here\n")


@kind("keras-3", "KER603")
def pth_points_nowhere(here: Environment) -> None:
    here.write("old.pth", "/nowhere/at/all\n")


@kind("keras-3", "KER641")
def own_keras(here: Environment) -> None:
    here.in_project("keras.py")


@kind("keras-3", "KER641")
def own_tensorflow_folder(here: Environment) -> None:
    here.in_project("tensorflow/__init__.py")


@kind("keras-3", "KER642")
def own_random(here: Environment) -> None:
    here.in_project("random.py", "x = 1\n")


@kind("keras-3", "KER643", "KER641")
def another_keras_by_pythonpath(here: Environment) -> None:
    other = here.folder / "other"
    here.in_project("../other/keras/__init__.py", "__version__ = '2.4.3'\n")
    here.variables["PYTHONPATH"] = str(other)


@kind("keras-3", "KER644")
def packages_of_another_python(here: Environment) -> None:
    other = here.folder / "lib" / "python3.9" / "site-packages"
    (other / "numpy").mkdir(parents=True)
    (other / "numpy" / "__init__.py").write_text("raise ImportError('compiled for Python 3.9')\n")
    here.variables["PYTHONPATH"] = str(other)


@kind("keras-3", "KER645")
def package_of_the_user_site(here: Environment) -> None:
    """The environment lets the user's own packages in, and one that it needs comes from there."""
    settings = here.env / "pyvenv.cfg"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("packages = false", "packages = true"), encoding="utf-8")
    user = here.home / ".local" / "lib" / here.site.parent.name / "site-packages"
    here.pip("install", "--no-deps", "--target", str(user), "wrapt")
    here.pip("uninstall", "-y", "wrapt")


@kind("keras-3", "KER646", mends=False)
def conda_and_venv(here: Environment) -> None:
    conda = here.folder / "conda"
    (conda / "conda-meta").mkdir(parents=True)
    here.variables.update(
        CONDA_PREFIX=str(conda), CONDA_DEFAULT_ENV="tf", VIRTUAL_ENV=str(here.env)
    )


@kind("keras-3", "KER654", "KER602", "KER651", mends=False)
def tensorflow_leaves_early(here: Environment) -> None:
    here.write(
        "leave.py",
        "import sys\nclass F:\n    def find_spec(self, n, p=None, t=None):\n"
        "        if n == 'tensorflow.python': import os; os._exit(0)\nsys.meta_path.insert(0, F())\n",
    )
    here.write("leave.pth", "import leave\n")


@kind("keras-3", "KER652", mends=False)
def tensorflow_crashes(here: Environment) -> None:
    here.write(
        "fall.py",
        "import sys\nclass F:\n    def find_spec(self, n, p=None, t=None):\n"
        "        if n == 'tensorflow.python': import os; os.kill(os.getpid(), 11)\nsys.meta_path.insert(0, F())\n",
    )
    here.write("fall.pth", "import fall\n")


@kind("keras-3", "KER653", mends=False, arguments=("--timeout", "8"))
def tensorflow_hangs(here: Environment) -> None:
    here.write(
        "wait.py",
        "import sys\nclass F:\n    def find_spec(self, n, p=None, t=None):\n"
        "        if n == 'tensorflow.python': import time; time.sleep(600)\nsys.meta_path.insert(0, F())\n",
    )
    here.write("wait.pth", "import wait\n")
