"""What the stages of Dockerfiles install."""

from __future__ import annotations

from tests.manifests.saying import manifest_of, said

FULL = """\
    # syntax=docker/dockerfile:1
    ARG PY=3.9
    ARG TF=2.15.0
    FROM --platform=linux/amd64 python:${PY}-slim AS Base
    ARG TF
    ENV KERAS_VERSION=2.15 FOO="a b"
    WORKDIR /app
    COPY requirements.txt docker/extra*.txt ./
    RUN --mount=type=cache,target=/root/.cache pip install -U pip && \\
        # a comment
        pip install tensorflow==${TF} \\
          "keras==$KERAS_VERSION" \\

          -r requirements.txt -r extra-1.txt
    RUN <<EOF
    set -e
    pip install 'numpy<2'
    EOF
    COPY . .
    RUN ["pip", "install", "--no-deps", "h5py==3.1"]
    RUN pip install -e .[gpu]

    FROM base
    RUN --mount=type=bind,source=dev.txt,target=/tmp/dev.txt pip install -r /tmp/dev.txt
    RUN if [ x ]; then pip install x; fi
    """


def test_stages_arguments_continued_lines_and_here_documents() -> None:
    found = manifest_of("Dockerfile", FULL, "dockerfile")
    assert [f"{one.name}{one.specifier} {one.line}:{one.column} {one.origin}" for one in
            found.requirements] == [
        "pip 9:59 stage base",
        "tensorflow==2.15.0 11:17 stage base",
        "keras==2.15 12:8 stage base",
        "numpy<2 17:14 stage base",
        "h5py==3.1 20:38 stage base",
        "x 25:32 stage 2, line 25",
    ]  # fmt: skip
    assert found.brings == {"stage 2": ("stage base",), "stage 2, line 25": ("stage 2",)}
    assert [(one.specifier, one.origin) for one in found.pythons] == [("==3.9.*", "stage base")]


def test_files_are_followed_through_copies() -> None:
    found = manifest_of("app/Dockerfile", FULL)
    assert [(one.kind, one.path, one.origin, one.extras) for one in found.includes] == [
        ("requirements", "app/requirements.txt", "stage base", ()),
        ("requirements", "app/docker/extra-1.txt", "stage base", ()),
        ("project", "app", "stage base", ("gpu",)),
        ("requirements", "app/dev.txt", "stage 2", ()),
    ]


def test_what_was_not_copied_is_not_guessed() -> None:
    text = "FROM x\nCOPY --from=a /r.txt /r.txt\nRUN pip install -r /r.txt -r other.txt\n"
    found = manifest_of("Dockerfile", text)
    assert not found.includes
    assert len(found.unread) == 2


def test_images_of_tensorflow() -> None:
    text = """\
        FROM tensorflow/tensorflow:2.15.0-gpu
        FROM docker.io/tensorflow/tensorflow:1.15.2-py3
        FROM tensorflow/tensorflow:latest-gpu
        FROM tensorflow/tensorflow:devel
        FROM nvcr.io/nvidia/tensorflow:23.10-tf2-py3
        FROM 763104351884.dkr.ecr.us-east-1.amazonaws.com/tensorflow-training:2.11.0-gpu-py39
        FROM nvidia/cuda:12.2.0-runtime-ubuntu22.04
        FROM $BASE
        FROM me/tensorflow:2.4.0
        """
    assert said("Dockerfile", text) == [
        "tensorflow==2.15.0 1:6 (stage 1)",
        "tensorflow==1.15.2 2:6 (stage 2)",
        "tensorflow 3:6 (stage 3, unknown)",
        "tensorflow 5:6 (stage 5, unknown)",
        "tensorflow==2.11.0 6:6 (stage 6)",
    ]
    assert [one.specifier for one in manifest_of("Dockerfile", text).pythons] == ["==3.9.*"]


def test_images_of_python() -> None:
    images = {
        "python:3.9-slim": "==3.9.*",
        "docker.io/library/python:3.10.4-buster": "==3.10.*",
        "python:3": "",
        "python": "",
        "ghcr.io/astral-sh/uv:python3.12-bookworm-slim": "==3.12.*",
        "mcr.microsoft.com/devcontainers/python:1-3.11": "==3.11.*",
        "cimg/python:3.9": "==3.9.*",
        "tiangolo/uvicorn-gunicorn-fastapi:python3.8": "==3.8.*",
        "nvidia/cuda:11.3.1-cudnn8": "",
        "python:3.9@sha256:0123": "==3.9.*",
        "localhost:5000/python:3.13": "==3.13.*",
        "alpine:3.19": "",
        "node:3.9": "",
    }
    for image, specifier in images.items():
        found = manifest_of("Dockerfile", f"FROM {image}\n").pythons
        assert [one.specifier for one in found] == [specifier] * bool(specifier), image


def test_environments_and_stages_that_copy_them() -> None:
    text = """\
        FROM python:3.11 AS build
        ENV PATH="/opt/venv/bin:$PATH"
        RUN python -m venv /opt/venv && pip install tensorflow==2.15
        FROM python:3.11-slim
        COPY --from=build /opt/venv /opt/venv
        RUN pip install keras
        """
    assert said("Dockerfile", text) == [
        "tensorflow==2.15 3:45 (stage build, /opt/venv)",
        "keras 6:17 (stage 2)",
    ]
    assert manifest_of("Dockerfile", text).brings == {
        "stage 2": ("stage build", "stage build, /opt/venv"),
        "stage 2, /opt/venv": ("stage build, /opt/venv",),
    }


def test_a_value_that_is_not_given_is_no_mistake() -> None:
    text = """\
        FROM python:3.11
        ARG JAX=
        ARG TF=latest
        RUN pip install jax[cpu]==$JAX tensorflow==$TF tensorflow==lates
        """
    found = manifest_of("Dockerfile", text)
    assert [(one.name, one.known) for one in found.requirements] == [("jax", False)]
    assert [one.span.start.column for one in found.problems] == [48]
    assert len(found.unread) == 1
