"""What kind of file a path is, by its name: who reads it follows from that.

python      `*.py`, `*.pyi`: parsed
notebook    `*.ipynb`: its cells are read as one module
settings    files that set environment variables, or configure Keras
manifest    files that ask for packages, and are nothing of the above
""          nothing that kerlint reads when it finds it; named, it is read as Python

Many a file is a manifest besides what it is: `setup.py`, a notebook that installs packages, a
Dockerfile. `is_manifest` says so of any file.
"""

from __future__ import annotations

PYTHON = "python"
NOTEBOOK = "notebook"
SETTINGS = "settings"
MANIFEST = "manifest"

_BY_NAME = {
    ".envrc": "shell",
    ".flaskenv": "dotenv",
    "keras.json": "keras-json",
    "Makefile": "makefile",
    "makefile": "makefile",
    "GNUmakefile": "makefile",
    "tox.ini": "ini",
    "setup.cfg": "ini",
    "pytest.ini": "ini",
    ".pytest.ini": "ini",
    "tox.toml": "toml",
    "pytest.toml": "toml",
    "pixi.toml": "toml",
    "hatch.toml": "toml",
    "mise.toml": "toml",
    ".mise.toml": "toml",
    ".pytest.toml": "toml",
    "pyproject.toml": "toml",
    "devcontainer.json": "devcontainer",
    ".devcontainer.json": "devcontainer",
    "action.yml": "github-action",
    "action.yaml": "github-action",
    ".travis.yml": "travis",
    "bitbucket-pipelines.yml": "bitbucket",
    "appveyor.yml": "appveyor",
    ".appveyor.yml": "appveyor",
    "Jenkinsfile": "jenkins",
    "postBuild": "shell",
}
"""Formats of files by their whole name."""

PIPELINES = frozenset(
    {
        *("travis", "azure-pipelines", "circleci", "bitbucket", "appveyor", "cloud-build"),
        "jenkins",
    }
)
"""Formats of services that run a project's jobs, read by `kerlint.manifests.pipelines`."""

_TEMPLATES = ("example", "sample", "template", "dist", "tmpl", "tpl", "default", "defaults")
"""Words in the names of `.env` files that are there to be filled in."""

SUFFIXES = (".py", ".pyi", ".ipynb")
"""Files of code."""

MAYBE_MANIFEST = (
    *(".txt", ".in", ".pip", ".lock", ".toml", ".yml", ".yaml", ".cfg", ".ini"),
    *("Pipfile", "setup.py", "noxfile.py", ".ipynb", ".sh", ".bash", ".python-version"),
    *("Dockerfile", "Containerfile", ".dockerfile", ".Dockerfile"),
    *("Makefile", "makefile", ".mk", "postBuild", "Jenkinsfile"),
)
"""Every name of a manifest ends so, or is like `Dockerfile.gpu`."""

MAYBE = (
    *_BY_NAME,
    *(".env", ".sh", ".bash", ".mk", ".yml", ".yaml"),
    *("/launch.json", "/tasks.json", "/settings.json", "Dockerfile", "Containerfile"),
    *(".dockerfile", ".Dockerfile"),
)
"""Every name that `settings_format` knows ends so, except for those in `MAYBE_INSIDE`."""

MAYBE_INSIDE = ("Dockerfile.", ".env.", "Jenkinsfile")
"""Or it holds one of these."""


def kind_of(path: str) -> str:
    """The kind of the file at `path` (either separator)."""
    if path.endswith((".py", ".pyi")):
        return PYTHON
    if path.endswith(".ipynb"):
        return NOTEBOOK
    if is_settings(path):
        return SETTINGS
    return MANIFEST if is_manifest(path) else ""


def is_read(path: str) -> bool:
    """Whether a file of that name is read when it is found; asked of every name of a project."""
    return path.endswith(SUFFIXES) or is_settings(path) or is_manifest(path)


def is_settings(path: str) -> bool:
    """Whether the file's name is that of a settings file; asked of every name of a project."""
    if (
        path.endswith(MAYBE)
        or MAYBE_INSIDE[0] in path
        or MAYBE_INSIDE[1] in path
        or MAYBE_INSIDE[2] in path
    ):
        return settings_format(path) != ""
    return False


def is_manifest(path: str) -> bool:
    """Whether the file's name is that of a file that asks for packages, or for a Python."""
    if path.endswith(MAYBE_MANIFEST) or MAYBE_INSIDE[0] in path or MAYBE_INSIDE[2] in path:
        from kerlint.manifests.formats import format_of

        return format_of(path) != ""
    return False


def settings_format(path: str) -> str:
    """The format of a settings file, by its name; "" for any other file."""
    parts = path.replace("\\", "/").split("/")
    name = parts[-1]
    found = _BY_NAME.get(name)
    if found is not None:
        return found
    if name.startswith(".env.") or name.endswith(".env"):
        words = name.lower().replace("-", ".").replace("_", ".").split(".")
        return "" if any(word in _TEMPLATES for word in words) else "dotenv"
    if name.endswith((".sh", ".bash")):
        return "shell"
    if name.endswith(".mk"):
        return "makefile"
    if name.endswith((".yml", ".yaml")):
        return _yaml_format(parts, name)
    if name.endswith(".json"):
        if len(parts) > 1 and parts[-2] == ".vscode" and name[:-5] in _VSCODE:
            return "vscode"
        return ""
    stem = name.lower()
    if stem.startswith(("dockerfile", "containerfile")) or stem.endswith(".dockerfile"):
        separated = stem[10:11] in ("", ".", "-", "_") or not stem.startswith("dockerfile")
        return "dockerfile" if separated and not stem.endswith((".py", ".md", ".j2")) else ""
    if name.startswith(("Jenkinsfile.", "Jenkinsfile-", "Jenkinsfile_")):
        return "" if name.endswith((".md", ".j2", ".py")) else "jenkins"
    return ""


_AZURE = (
    *(".azure-pipelines", "azure-pipelines", ".azure_pipelines", "azure_pipelines"),
    *(".azuredevops", ".azure-devops", ".azure"),
)
"""Folders that hold pipelines of Azure, and templates for them."""


def _names_lists(stem: str) -> bool:
    """`dev-requirements.yml` is an environment; `requirements.yml` is for Ansible and Helm."""
    return stem.endswith(("-requirements", "_requirements")) or stem.startswith(
        ("requirements-", "requirements_")
    )


_ENVIRONMENTS = ("envs", "conda", "conda_env", "conda_envs", "conda-env", "conda-envs")
"""Folders whose YAML files are environments of conda, as those of Snakemake are."""
_VSCODE = ("launch", "tasks", "settings")


def _yaml_format(parts: list[str], name: str) -> str:
    if len(parts) > 2 and parts[-2] == "workflows" and parts[-3] in (".github", ".gitea"):
        return "github-workflow"
    stem = name.rpartition(".")[0].lower()
    folder = parts[-2].lower() if len(parts) > 1 else ""
    if folder == ".circleci":
        return "circleci"
    if folder in _AZURE or stem.strip(".").startswith(("azure-pipeline", "azure_pipeline")):
        return "azure-pipelines"
    if stem.endswith(("azure-pipelines", "azure-pipeline", "azure_pipelines")):
        return "azure-pipelines"
    if stem.startswith(("cloudbuild.", "cloudbuild-", "cloudbuild_")) or stem == "cloudbuild":
        return "cloud-build"
    if stem.endswith(".gitlab-ci"):
        return "gitlab-ci"
    if stem.startswith(("docker-compose", "compose")):
        return "compose"
    if stem.startswith(("environment", "conda", "env")) or stem.endswith(("environment", "env")):
        return "conda"
    if (folder in _ENVIRONMENTS and name != "meta.yaml") or _names_lists(stem):
        return "conda"
    return ""
