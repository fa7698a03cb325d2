"""Dockerfiles: stages, both forms of ENV, continued lines, commands."""

from __future__ import annotations

from tests.manifests.reading import file_of, launches_of, settings_of


def test_both_forms_of_env() -> None:
    text = """\
        FROM python:3.12
        ENV KERAS_BACKEND=jax A="b c" TF_USE_LEGACY_KERAS='1'
        ENV KERAS_BACKEND torch
        env KERAS_BACKEND="numpy"
        """
    assert settings_of("Dockerfile", text) == [
        "B=jax 2:19",
        "A=b c 2:26",
        "L=1 2:52",
        "B=torch 3:19",
        "B=numpy 4:20",
    ]


def test_continued_lines_with_comments_between() -> None:
    text = """\
        FROM python
        ENV A=1 \\
            # the backend
            KERAS_BACKEND=jax \\

            TF_USE_LEGACY_KERAS=0
        """
    assert settings_of("Dockerfile", text) == ["A=1 2:7", "B=jax 4:19", "L=0 6:25"]


def test_another_escape() -> None:
    text = "# escape=`\nFROM x\nENV KERAS_BACKEND=jax `\n  A=C:\\x\n"
    assert settings_of("Dockerfile", text) == ["B=jax 3:19", "A=C:x 4:5"]


def test_arguments_of_the_build_are_unknown() -> None:
    text = """\
        ARG BACKEND=theano
        ARG KERAS_BACKEND=theano
        FROM python
        ENV KERAS_BACKEND=$BACKEND
        ENV KERAS_BACKEND=${KERAS_BACKEND:-theano}
        """
    assert settings_of("Dockerfile", text) == ["B=? 4:19", "B=? 5:19"]


def test_commands_and_here_documents() -> None:
    text = """\
        FROM python
        RUN --mount=type=cache,target=/root KERAS_BACKEND=jax python -c 'import keras' && \\
            # then
            export KERAS_BACKEND="torch"; python a.py
        RUN <<EOF
        export KERAS_BACKEND=numpy
        EOF
        COPY <<'EOF' /root/.env
        KERAS_BACKEND=theano
        EOF
        RUN ["KERAS_BACKEND=theano"]
        # ENV KERAS_BACKEND=theano
        RUN echo KERAS_BACKEND=theano && cat > x <<DONE && true
        export KERAS_BACKEND=theano
        DONE
        """
    found = settings_of("Dockerfile", text)
    assert found == ["B=jax 2:51", "B=torch 4:27", "B=numpy 6:22"]


def test_settings_of_one_stage_that_nothing_uses_in_between_share_their_run() -> None:
    text = """\
        FROM python AS a
        ENV KERAS_BACKEND=jax
        ENV KERAS_BACKEND=torch
        RUN true
        ENV KERAS_BACKEND=numpy
        FROM python
        ENV KERAS_BACKEND=jax
        """
    runs = [one.run for one in file_of("Dockerfile", text).settings]
    assert runs[0] == runs[1]
    assert len(set(runs)) == 3


def test_what_the_image_starts() -> None:
    text = """\
        FROM python
        ENV KERAS_BACKEND=jax
        {copy}
        CMD {command}
        """
    assert launches_of(
        "Dockerfile", text.format(copy="COPY . .", command='["python", "-u", "train.py"]')
    ) == ["B=jax train.py"]
    assert launches_of(
        "Dockerfile", text.format(copy="COPY train.py /app/", command="python ./train.py --x")
    ) == ["B=jax train.py"]
    assert launches_of(
        "Dockerfile", text.format(copy="COPY src/ .", command="python train.py")
    ) == ["B=jax src/train.py"]
    for command, program in [
        ("python -m train", "train"),
        ("bash train.sh", "train.sh"),
        ('["sh", "-c", "exec python \\"train.py\\""]', "train.py"),
        ('["bash", "-lc", "cd lab && python train.py"]', "lab/train.py"),
        ('["uv", "run", "--no-sync", "python", "train.py"]', "train.py"),
        ('["tini", "--", "python", "train.py"]', "train.py"),
        ('["gunicorn", "-b", "0.0.0.0:80", "serve:app"]', "serve"),
    ]:
        image = text.format(copy="COPY . .", command=command)
        assert launches_of("Dockerfile", image) == [f"B=jax {program}"]
    for copy, command in [
        ("COPY --from=build . .", "python train.py"),
        ("COPY . .", "docker run -it x python train.py"),
        ("COPY . .", 'sh -c "source settings && python train.py"'),
    ]:
        assert launches_of("Dockerfile", text.format(copy=copy, command=command)) == []


def test_what_the_build_of_an_image_starts() -> None:
    text = "FROM python\nWORKDIR /app\nENV KERAS_BACKEND=jax\nCOPY lab .\nRUN python fetch.py\n"
    assert launches_of("Dockerfile", text) == ["B=jax lab/fetch.py"]
