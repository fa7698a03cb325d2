"""Compose files, workflows and actions of GitHub, pipelines of GitLab, conda environments."""

from __future__ import annotations

from tests.manifests.reading import file_of, launches_of, settings_of

WORKFLOW = ".github/workflows/ci.yml"


def test_compose_maps_lists_anchors_and_what_comes_from_the_shell() -> None:
    text = """\
        x-env: &env
          KERAS_BACKEND: jax
        services:
          a:
            environment:
              <<: *env
              TF_USE_LEGACY_KERAS: true
          b:
            environment: &list
              - KERAS_BACKEND=torch
              - "TF_USE_LEGACY_KERAS=1"
              - A
          c:
            environment: *list
          d:
            environment:
              KERAS_BACKEND:
              A: ${X}
              B: $$X
          e:
            environment:
              - KERAS_BACKEND=${BACKEND:-theano}
              - KERAS_BACKEND=
        """
    assert settings_of("docker-compose.gpu.yml", text) == [
        "L=true 7:28",
        "B=jax 2:18",
        "B=torch 10:23",
        "L=1 11:30",
        "B=? 17:7",
        "A=? 18:10",
        "B=$X 19:10",
        "B=? 22:23",
        "B= 23:9",
    ]


def test_compose_starts_a_script_with_its_service() -> None:
    text = """\
        services:
          a:
            build: .
            command: python train.py
            environment: {KERAS_BACKEND: jax}
          b:
            build: {context: ./app}
            command: [python, -u, train.py]
            environment: [KERAS_BACKEND=torch]
          c:
            image: x
            command: python train.py
            environment: {KERAS_BACKEND: jax}
        """
    assert launches_of("compose.yaml", text) == ["B=jax train.py", "B=torch app/train.py"]


def test_levels_of_a_workflow() -> None:
    text = """\
        env:
          KERAS_BACKEND: jax
        jobs:
          test:
            env: {TF_USE_LEGACY_KERAS: True}
            container:
              image: x
              env:
                KERAS_BACKEND: "torch"
            steps:
              - run: pytest
                env:
                  KERAS_BACKEND: ${{ inputs.backend }}
              - run: |
                  echo "KERAS_BACKEND=numpy" >> "$GITHUB_ENV"
                  KERAS_BACKEND=openvino pytest
              - run: export KERAS_BACKEND=theano
                shell: bash -e {0}
              - run: $env:KERAS_BACKEND="theano"; KERAS_BACKEND=theano
                shell: pwsh
        """
    assert settings_of(WORKFLOW, text) == [
        "B=jax 2:18",
        "B=torch 9:25",
        "L=true 5:32",
        "B=? 13:26",
        "B=numpy 15:31",
        "B=openvino 16:25",
        "B=theano 17:35",
    ]


def test_a_matrix_is_looked_up_where_it_is_written_out() -> None:
    text = """\
        jobs:
          test:
            strategy:
              matrix:
                backend: [jax, 'torch']
                include:
                  - backend: numpy
                  - python: 3.10
            env:
              KERAS_BACKEND: ${{ matrix.backend }}
            steps:
              - env: {KERAS_BACKEND: "${{matrix.backend}}"}
                run: python train.py
          other:
            strategy:
              matrix: ${{ fromJSON(needs.x.outputs.matrix) }}
            env:
              KERAS_BACKEND: ${{ matrix.backend }}
              TF_USE_LEGACY_KERAS: x${{ matrix.legacy }}
        """
    assert settings_of(WORKFLOW, text) == [
        "B=jax 5:19",
        "B=torch 5:25",
        "B=numpy 7:22",
        "L=? 19:28",
    ]
    assert launches_of(WORKFLOW, text) == ["B=? ../../train.py"]


def test_steps_start_scripts() -> None:
    text = """\
        jobs:
          test:
            env: {KERAS_BACKEND: jax}
            steps:
              - run: python train.py
              - run: python train.py
                env: {KERAS_BACKEND: torch}
              - run: python train.py
                working-directory: ./sub
              - run: python train.py
                working-directory: ${{ matrix.folder }}
              - run: |
                  cd sub
                  python train.py
        """
    assert launches_of(WORKFLOW, text) == [
        "B=jax ../../train.py",
        "B=torch ../../train.py",
        "B=jax ../../sub/train.py",
        "B=jax ../../sub/train.py",
    ]


def test_a_step_chooses_for_those_after_it() -> None:
    text = """\
        jobs:
          test:
            steps:
              - run: python a.py
              - run: echo "KERAS_BACKEND=jax" >> "$GITHUB_ENV"
                {condition}
              - run: python b.py
              - run: python c.py
                env: {{KERAS_BACKEND: torch}}
        """
    assert launches_of(WORKFLOW, text.format(condition="")) == [
        "../../a.py",
        "B=jax ../../b.py",
        "B=torch ../../c.py",
    ]
    assert launches_of(WORKFLOW, text.format(condition="if: x")) == [
        "../../a.py",
        "B=? ../../b.py",
        "B=torch ../../c.py",
    ]


def test_a_pipeline_starts_scripts() -> None:
    text = """\
        variables: {KERAS_BACKEND: jax}
        before_script: [export KERAS_HOME=x]
        one:
          script: [cd lab, python train.py]
        two:
          variables: {KERAS_BACKEND: torch}
          before_script: []
          script: ["python train.py"]
        three:
          extends: .other
          script: ["python train.py"]
        four:
          rules: [{variables: {KERAS_BACKEND: numpy}}]
          script: [pytest]
        """
    assert launches_of(".gitlab-ci.yml", text) == [
        "B=jax KERAS_HOME=x lab/train.py",
        "B=torch train.py",
        "B=? KERAS_HOME=x ",
    ]


def test_a_composite_action() -> None:
    text = """\
        name: x
        runs:
          using: composite
          steps:
            - run: KERAS_BACKEND=jax python train.py
              shell: bash
              env:
                TF_USE_LEGACY_KERAS: "1"
        """
    assert settings_of("actions/x/action.yml", text) == ["L=1 8:31", "B=jax 5:26"]


def test_gitlab() -> None:
    text = """\
        variables:
          KERAS_BACKEND: jax
        .base:
          variables:
            TF_USE_LEGACY_KERAS: {value: "1", description: x}
          before_script:
            - export KERAS_BACKEND=torch
        test:
          extends: .base
          script: !reference [.base, script]
          rules:
            - if: $X
              variables: {KERAS_BACKEND: numpy}
          parallel:
            matrix:
              - KERAS_BACKEND: [jax, $OTHER]
        """
    assert settings_of(".gitlab-ci.yml", text) == [
        "B=jax 2:18",
        "L=1 5:35",
        "B=torch 7:28",
        "B=numpy 13:34",
        "B=jax 16:25",
        "B=? 16:30",
    ]


def test_conda() -> None:
    text = """\
        name: x
        dependencies: [keras]
        variables:
          KERAS_BACKEND: jax
          TF_USE_LEGACY_KERAS: 1
        """
    assert settings_of("environment.yml", text) == ["B=jax 4:18", "L=1 5:24"]
    assert settings_of("environment.yml", text.replace("dependencies", "other")) == []


def test_what_is_no_yaml_is_told_with_its_place() -> None:
    file = file_of(WORKFLOW, "env:\n\tKERAS_BACKEND: jax\n")
    assert file.settings == []
    (problem,) = file.problems
    assert problem.place == (2, 1)
    assert "no valid YAML" in problem.message


def test_odd_documents_hold_nothing_and_break_nothing() -> None:
    for path in (WORKFLOW, "compose.yml", ".gitlab-ci.yml", "environment.yml", "action.yml"):
        for text in (
            "",
            "---\n---\n",
            "[]",
            "x",
            "jobs: [1]",
            "&a [*a]",
            "? [a]\n: b",
            "a: &a\n  <<: *a",
        ):
            assert settings_of(path, text) == []


def test_an_alias_of_nothing_is_refused_by_every_reader() -> None:
    (problem,) = file_of(WORKFLOW, "env:\n  KERAS_BACKEND: *missing\n").problems
    assert "undefined alias" in problem.message


def test_what_only_one_reader_refuses_is_not_told() -> None:
    for text in (
        "a: &x 1\nb: &x 2\nKERAS_BACKEND: *x\n",
        "KERAS_BACKEND: \x07\n",
        "{% if x %}\n\tKERAS_BACKEND: jax\n{% endif %}\n",
    ):
        file = file_of(WORKFLOW, text)
        assert not file.problems
        assert not file.settings
