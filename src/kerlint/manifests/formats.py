"""Which reader reads a file, by the file's name; readers are imported when they are needed.

Every reader is a module with `read(path: str, text: str) -> Manifest`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.model import Manifest

READERS = {
    "pyproject": "pyproject",
    "uv-lock": "locks.uv",
    "poetry-lock": "locks.poetry",
    "pdm-lock": "locks.pdm",
    "pylock": "locks.pylock",
    "pixi": "pixi",
    "requirements": "requirements",
    "setup-cfg": "setup_cfg",
    "setup-py": "setup_py",
    "pipfile": "pipfile",
    "pipfile-lock": "pipfile_lock",
    "conda-environment": "conda_environment",
    "conda-lock": "conda_lock",
    "conda-list": "conda_list",
    "conda-recipe": "conda_recipe",
    "script": "script_header",
    "python-version": "python_version",
    "runtime": "python_version",
    "shell": "shell_script",
    "dockerfile": "dockerfile",
    "github-workflow": "github_workflow",
    "github-action": "github_action",
    "gitlab-ci": "gitlab_ci",
    "travis": "pipelines.travis",
    "azure-pipelines": "pipelines.azure",
    "circleci": "pipelines.circleci",
    "bitbucket": "pipelines.bitbucket",
    "appveyor": "pipelines.appveyor",
    "cloud-build": "pipelines.cloud_build",
    "jenkins": "pipelines.jenkins",
    "compose": "compose",
    "readthedocs": "readthedocs",
    "makefile": "makefile",
    "tox": "tox",
    "tox-toml": "tox_toml",
    "nox": "nox",
    "notebook": "notebook",
    "readme": "readme",
}
"""The module in this folder that reads a format."""

_BY_NAME = {
    "pyproject.toml": "pyproject",
    "uv.lock": "uv-lock",
    "poetry.lock": "poetry-lock",
    "pdm.lock": "pdm-lock",
    "pylock.toml": "pylock",
    "pixi.toml": "pixi",
    "setup.cfg": "setup-cfg",
    "setup.py": "setup-py",
    "pipfile": "pipfile",
    "pipfile.lock": "pipfile-lock",
    ".python-version": "python-version",
    "runtime.txt": "runtime",
    "tox.ini": "tox",
    "tox.toml": "tox-toml",
    "noxfile.py": "nox",
    ".readthedocs.yml": "readthedocs",
    ".readthedocs.yaml": "readthedocs",
    "meta.yaml": "conda-recipe",
    "recipe.yaml": "conda-recipe",
    "readme.md": "readme",
    "readme.rst": "readme",
    "readme.markdown": "readme",
}
"""Formats of files by their whole name, in small letters."""

_DECLARED = frozenset({"requirements", "setup-py", "script"})
"""Formats in which a comment may name the encoding."""

_TOML = frozenset(
    {"pyproject", "uv-lock", "poetry-lock", "pdm-lock", "pylock", "pixi", "pipfile", "tox-toml"}
)

LONGEST_MESSAGE = 300
"""Characters of a problem."""
MOST_PROBLEMS = 100
"""More are not listed of one file."""


def format_of(path: str) -> str:
    """The format of the manifest at `path` (either separator); "" for any other file."""
    parts = path.replace("\\", "/").lower().split("/")
    name = parts[-1]
    found = _BY_NAME.get(name)
    if found is not None:
        return found
    if name.endswith((".py", ".pyw")):
        return "script"
    if name.startswith("conda-") and name.endswith(".lock"):
        return "conda-list"
    if name.endswith(("conda-lock.yml", "conda-lock.yaml")):
        return "conda-lock"
    if name.startswith("pylock.") and name.endswith(".toml"):
        return "pylock"
    if name.endswith((".txt", ".in", ".pip")):
        return "requirements" if _names_requirements(name, parts) else ""
    if name.endswith(".ipynb"):
        return "notebook"
    from kerlint.project.kinds import settings_format

    also = settings_format(path)
    also = {"conda": "conda-environment"}.get(also, also)
    return also if also in READERS else ""


_OTHERS = ("apt", "conda", "system", "npm", "galaxy", "ansible", "brew", "yum", "apk", "ruby", "r")
"""Words of names of lists that are for other tools."""


def _names_requirements(name: str, parts: list[str]) -> bool:
    stem = name.rpartition(".")[0]
    words = stem.replace("-", " ").replace("_", " ").replace(".", " ").split()
    if any(word in _OTHERS for word in words):
        return False
    if any(word in ("requirements", "constraints", "requirement", "constraint") for word in words):
        return True
    if stem.startswith("requirements") or stem.endswith("requirements"):
        return True
    return len(parts) > 1 and parts[-2] in ("requirements", "constraints")


def _is_prose(found: Manifest) -> bool:
    """Whether a file that may be a list by its name holds less requirements than anything else.

    A manual page may be called `Constraint.txt`, or lie in a folder `requirements`.
    """
    stem = found.path.replace("\\", "/").rpartition("/")[2].lower().rpartition(".")[0]
    certain = "requirements" in stem or stem == "constraints"
    return not certain and len(found.problems) > sum(one.known for one in found.requirements)


def read(path: str, data: str | bytes, format: str = "") -> Manifest:
    """The facts of the manifest. Never raises for what is in the file.

    `format`  where the name does not say it
    """
    from importlib import import_module

    from kerlint.diagnostics import Position, Span
    from kerlint.manifests.around import read_around
    from kerlint.manifests.decoding import NoText, decode
    from kerlint.manifests.model import Manifest, Problem
    from kerlint.manifests.places import Places
    from kerlint.manifests.secrets import masked

    guessed = not format
    format = format or format_of(path)
    problems: list[Problem] = []
    if isinstance(data, str):
        text = data[1:] if data.startswith("\ufeff") else data
    else:
        try:
            text, doubt, offset = decode(data, format in _DECLARED)
        except NoText as error:
            place = Position(error.line, 1)
            problem = Problem(f"this is no text: {error.message}", Span(place, place))
            return Manifest(path, "", format, problems=[problem])
        if not doubt and format in _TOML and data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            doubt = "this is UTF-16, and TOML has to be UTF-8"
        if doubt:
            problems.append(Problem(doubt, Places(text).span(offset, offset + 1)))
    reader = READERS.get(format)
    if reader is None:
        return Manifest(path, text, format, problems=problems)
    found = read_around(import_module(f"kerlint.manifests.{reader}").read, path, text, format)
    if guessed and format == "requirements" and _is_prose(found):
        return Manifest(path, text, format)
    for one in found.requirements:
        if "://" in one.text:
            one.text = masked(one.text)
    found.problems = [*problems, *found.problems][:MOST_PROBLEMS]
    for problem in found.problems:
        problem.message = masked(problem.message)
        if len(problem.message) > LONGEST_MESSAGE:
            problem.message = f"{problem.message[:LONGEST_MESSAGE]}..."
    return found
