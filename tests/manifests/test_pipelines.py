"""What services that run jobs are told to install, and what they set; see the fixtures, too."""

from __future__ import annotations

from textwrap import dedent

import pytest

from kerlint.manifests.formats import read
from tests.manifests.reading import launches_of, settings_of


def pins(path: str, text: str) -> list[str]:
    """`keras==2.3.1 job python (3.6)`: what is installed where."""
    found = read(path, dedent(text))
    assert not found.problems
    return [f"{one.name}{one.specifier} {one.origin}" for one in found.requirements]


def test_travis_sets_variables_in_every_shape() -> None:
    text = """\
        env:
          global: KERAS_BACKEND=jax
          matrix:
            - KERAS_BACKEND="torch" A='b c'
            - "TF_USE_LEGACY_KERAS=1 KERAS_BACKEND=$X"
            - {KERAS_BACKEND: numpy}
            - secure: abc
        script: KERAS_BACKEND=theano python train.py
        """
    assert settings_of(".travis.yml", text) == [
        "B=jax 2:25",
        "B=torch 4:22",
        "A=b c 4:32",
        "B=theano 8:23",
        "L=1 5:28",
        "B=? 5:44",
        "B=numpy 6:23",
    ]
    assert launches_of(".travis.yml", text)[0] == "A=b c B=theano train.py"


def test_travis_takes_one_mapping_for_one_job() -> None:
    text = "env: {KERAS_BACKEND: jax, TF: 2.1.0}\nscript: pip install tensorflow==$TF\n"
    assert settings_of(".travis.yml", text) == ["B=jax 1:22", "TF=2.1.0 1:31"]
    assert pins(".travis.yml", text) == [
        "tensorflow==2.1.0 job python (KERAS_BACKEND=jax, TF=2.1.0)"
    ]


def test_travis_decides_tests_of_what_only_some_jobs_set() -> None:
    text = """\
        jobs:
          include:
            - env: OLD=1
            - env: NEW=1
        install:
          - if [[ -n "$OLD" ]]; then pip install keras==2.2.4; fi
          - '[ -z "$OLD" ] && pip install keras==3.0.0'
        """
    assert [one.partition(",")[0] for one in pins(".travis.yml", text)] == [
        "keras==2.2.4 job python (OLD=1)",
        "keras==3.0.0 job python (OLD=1)",  # a chain is not decided
        "keras==3.0.0 job python (NEW=1)",
    ]


def test_travis_reads_tests_of_what_a_job_does_not_set() -> None:
    text = """\
        jobs:
          include:
            - env: HEAD=true
            - env: MODE=STYLE
        install:
          - if [[ $HEAD == "true" ]]; then pip install keras==3.0.0; fi
          - if [[ "$MODE" == "STYLE" ]]; then pip install keras==2.2.4; fi
          - if [ -z $HEAD ]; then pip install keras==2.3.1; fi
        """
    assert [one.partition(",")[0] for one in pins(".travis.yml", text)] == [
        "keras==3.0.0 job python (HEAD=true)",
        "keras==2.2.4 job python (MODE=STYLE)",
        "keras==2.3.1 job python (MODE=STYLE)",
    ]


def test_azure_sets_variables_on_all_levels() -> None:
    text = """\
        variables:
          keras_backend: jax
        jobs:
        - job: a
          variables:
          - name: TF_USE_LEGACY_KERAS
            value: 1
          - name: flag
            value: true
          strategy:
            matrix:
              x: {KERAS_BACKEND: torch}
              y: {KERAS_BACKEND: theano}
          steps:
          - script: |
              export KERAS_BACKEND=$(KERAS_BACKEND)
            env: {A: $(flag)}
          - bash: KERAS_BACKEND=numpy pytest
        """
    assert settings_of("azure-pipelines.yml", text) == [
        "B=jax 2:18",
        "L=1 7:12",
        "FLAG=? 9:12",
        "B=torch 12:26",
        "A=? 17:14",
        "B=torch 16:28",
        "B=numpy 18:25",
        "B=theano 13:26",
        "B=theano 16:28",
    ]


def test_azure_inserts_steps_under_a_condition() -> None:
    text = """\
        jobs:
        - ${{ if eq(variables['Build.Reason'], 'PullRequest') }}:
          - job: pr
            pool: {vmImage: windows-latest}
            steps:
            - ${{ each v in parameters.versions }}:
              - script: pip install keras==${{ v }}
            - script: python -m pip install keras==2.3.1
              condition: ne(variables['Agent.OS'], 'Windows_NT')
        """
    assert pins("azure-pipelines.yml", text) == ["keras job pr, line 6"]


def test_circleci_sets_variables() -> None:
    text = """\
        executors:
          e:
            docker:
              - image: x
                environment: {KERAS_BACKEND: jax}
            environment:
              TF_USE_LEGACY_KERAS: "1"
        jobs:
          t:
            parameters: {b: {type: string, default: torch}}
            executor: e
            environment: {KERAS_BACKEND: << parameters.b >>}
            steps:
              - run:
                  command: python train.py
                  environment: {KERAS_BACKEND: theano}
        workflows: {w: {jobs: [{t: {matrix: {parameters: {b: [numpy, cntk]}}}}]}}
        """
    assert settings_of(".circleci/config.yml", text) == [
        "B=jax 5:38",
        "L=1 7:29",
        "B=numpy 12:34",
        "B=theano 16:40",
        "B=cntk 12:34",
    ]
    assert launches_of(".circleci/config.yml", text)[0] == "B=theano L=1 ../train.py"


def test_the_others_set_variables() -> None:
    text = "pipelines: {default: [{step: {script: [export KERAS_BACKEND=jax]}}]}\n"
    assert settings_of("bitbucket-pipelines.yml", text) == ["B=jax 1:61"]
    text = """\
        environment:
          KERAS_BACKEND: jax
          matrix:
            - KERAS_BACKEND: torch
            - TF_USE_LEGACY_KERAS: 1
        test_script:
          - set KERAS_BACKEND=numpy
          - sh: export KERAS_BACKEND=theano
        """
    assert settings_of("appveyor.yml", text) == ["B=jax 2:18", "B=torch 4:22", "L=1 5:28"]
    text = """\
        steps:
          - env: [KERAS_BACKEND=jax, "TF_USE_LEGACY_KERAS=$_L", 'KERAS_BACKEND=$_NONE']
            script: KERAS_BACKEND=torch python x.py
        substitutions: {_L: '1'}
        """
    assert settings_of("cloudbuild.yaml", text) == [
        "B=jax 2:25",
        "L=1 2:51",
        "B=? 2:72",
        "B=torch 3:27",
    ]
    text = """\
        pipeline {
          environment { KERAS_BACKEND = 'jax' }
          stages { stage('x') {
            environment { KERAS_BACKEND = "${B}" }
            steps { withEnv(["KERAS_BACKEND=torch"]) { sh 'KERAS_BACKEND=numpy pytest' } } } }
        }
        """
    assert settings_of("Jenkinsfile", text) == [
        "B=jax 2:34",
        "B=? 4:36",
        "B=torch 5:37",
        "B=numpy 5:66",
    ]


@pytest.mark.parametrize(
    "path",
    [
        ".travis.yml",
        "azure-pipelines.yml",
        ".circleci/config.yml",
        "bitbucket-pipelines.yml",
        "appveyor.yml",
        "cloudbuild.yaml",
        "Jenkinsfile",
    ],
)
def test_what_is_of_another_kind_says_nothing(path: str) -> None:
    texts = ("", "---\n---\n", "[]", "x", "jobs: [1]", "jobs: {a: [1]}", "steps: x", "env: [[1]]")
    more = (
        "&a [*a]",
        "? [a]\n: b",
        "a: &a\n  <<: *a",
        "pipelines: &a {step: *a}",
        "install: {a: b}",
    )
    for text in (*texts, *more):
        found = read(path, text)
        assert found.requirements == found.pythons == []
        assert settings_of(path, text) == []


def test_a_string_that_is_never_closed_in_groovy() -> None:
    found = read("Jenkinsfile", "node {\n  sh '''\n  pip install keras\n}\n")
    assert [(one.message, one.span.start) for one in found.problems] == [
        ("this string is never closed", (2, 6))
    ]
