"""What a file's name says of its kind."""

from __future__ import annotations

import pytest

from kerlint.project.kinds import is_settings, kind_of, settings_format

FORMATS = {
    "dotenv": [".env", "a/.env", ".env.local", "prod.env", ".flaskenv", ".env.test"],
    "shell": ["a.sh", "a/b.bash", ".envrc", "binder/postBuild"],
    "dockerfile": ["Dockerfile", "a/Dockerfile.gpu", "gpu.dockerfile", "Containerfile"],
    "compose": ["compose.yaml", "docker-compose.yml", "docker-compose.gpu.yml", "compose.dev.yml"],
    "github-workflow": [".github/workflows/ci.yml", "x/.github/workflows/a.yaml"],
    "github-action": ["action.yml", ".github/actions/x/action.yaml"],
    "gitlab-ci": [".gitlab-ci.yml", "ci/test.gitlab-ci.yml"],
    "travis": [".travis.yml", "sub/.travis.yml"],
    "azure-pipelines": [
        "azure-pipelines.yml",
        ".azure-pipelines.yaml",
        "azure-pipelines-gpu.yml",
        "ci/azure_pipelines.yml",
        ".azure-pipelines/steps.yml",
        ".azuredevops/build.yml",
        "ci/nightly.azure-pipelines.yml",
    ],
    "circleci": [".circleci/config.yml", ".circleci/continue-config.yml"],
    "bitbucket": ["bitbucket-pipelines.yml"],
    "appveyor": ["appveyor.yml", ".appveyor.yml"],
    "cloud-build": ["cloudbuild.yaml", "cloudbuild-gpu.yml", "x/cloudbuild.test.yaml"],
    "jenkins": ["Jenkinsfile", "ci/Jenkinsfile", "Jenkinsfile.gpu"],
    "conda": [
        "environment.yml",
        "environment-gpu.yaml",
        "conda.yml",
        "env.yml",
        "test-env.yml",
        "workflow/envs/tf.yaml",
        "conda_env/gpu.yml",
    ],
    "ini": ["tox.ini", "pytest.ini", "setup.cfg"],
    "toml": [
        "pyproject.toml",
        "tox.toml",
        "pytest.toml",
        "pixi.toml",
        "hatch.toml",
        ".mise.toml",
        "a/pyproject.toml",
    ],
    "makefile": ["Makefile", "makefile", "a/GNUmakefile", "rules.mk"],
    "vscode": [".vscode/launch.json", "a/.vscode/tasks.json", ".vscode/settings.json"],
    "devcontainer": [".devcontainer/devcontainer.json", ".devcontainer.json"],
    "keras-json": ["keras.json", ".keras/keras.json"],
}

OTHERS = [
    *(".env.example", ".env.sample", "example.env", ".env.template", ".env.dist", "sample.env"),
    *("settings.json", "launch.json", "a/settings.json", "workflows/ci.yml", "mkdocs.yml"),
    *("travis.yml", "circleci/config.yml", "Jenkinsfile.md", "azure.yml", "cloudbuilder.yaml"),
    *("requirements.yml", "requirements.yaml", "conda/meta.yaml"),
    *("Dockerfile.md", "Dockerfile.j2", "dockerfiles.txt", "poetry.lock", "requirements.txt"),
    *("ci.yml", ".github/dependabot.yml", "my_keras.json.txt", "README.md", "env", "model.json"),
    *(".env/lib/x.txt", "pyproject.toml.orig", "setup.cfg.in", "notes.ini", "Cargo.toml"),
]


@pytest.mark.parametrize("format", FORMATS)
def test_formats(format: str) -> None:
    for path in FORMATS[format]:
        assert settings_format(path) == format, path
        assert is_settings(path), path
        assert kind_of(path) == "settings"


@pytest.mark.parametrize("path", OTHERS)
def test_other_files(path: str) -> None:
    assert not is_settings(path)
    assert settings_format(path) == ""


def test_python_and_notebooks() -> None:
    assert kind_of("Dockerfile.py") == kind_of("noxfile.py") == kind_of("a.pyi") == "python"
    assert kind_of("a.ipynb") == "notebook"
