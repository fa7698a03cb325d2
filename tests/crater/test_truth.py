"""From uses and answers to faults; and kerlint's findings held against them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.crater.asking import Answer, Answers, Question
from tools.crater.comparing import compare
from tools.crater.extract import extract
from tools.crater.figures import figures, means
from tools.crater.running import Finding
from tools.crater.truth import ask_all, assigned_in, facts_of

GONE = {"keras.layers.core", "keras.layers.Merge", "keras.objectives", "tensorflow.Session"}
REFUSED = {("keras.optimizers.Adam", "lr"), ("keras.Sequential.fit", "nb_epoch")}


class Pretended(Answers):
    """Answers from the sets above, in place of an environment."""

    def __init__(self) -> None:
        self.asked: list[Question] = []

    def ask(self, questions):
        self.asked += questions
        return len(self.asked)

    def get(self, question):
        name = question.name
        if question.part:
            name += f".{question.part}"
        for gone in sorted(GONE):
            if (name + ".").startswith(gone + "."):
                if question.keyword or question.kind in ("method", "call"):
                    return Answer("unknown", "the callable is missing")
                return Answer("no", "gone", gone)
        if question.kind == "call":
            return Answer("no" if ".legacy." in name else "yes", "")
        if question.keyword:
            refused = (name, question.keyword) in REFUSED
            return Answer("no" if refused else "yes", "")
        return Answer("no", "") if name.endswith("fit_generator") else Answer("yes", "")


@pytest.fixture
def facts(tmp_path: Path):
    def _facts(source: str):
        path = tmp_path / "module.py"
        path.write_text(source)
        file = extract(path, "module.py")
        answers = Pretended()
        ask_all([file], answers)
        return file, answers, list(facts_of(file, answers, assigned_in([file])))

    return _facts


def missing(facts) -> list[tuple[int, str, str]]:
    return [(fact.line, fact.group, fact.name) for fact in facts if fact.state == "missing"]


def test_names_arguments_and_methods_that_are_missing(facts):
    _, _, found = facts(
        "import keras, tensorflow as tf\n"
        "from keras.layers import Dense, Merge\n"
        "tf.Session\n"
        "keras.optimizers.Adam(lr=1, beta_1=2)\n"
        "model = keras.Sequential()\n"
        "model.fit_generator()\n"
        "model.fit(nb_epoch=1)\n"
    )
    assert missing(found) == [
        (2, "names", "keras.layers.Merge"),
        (3, "names", "tensorflow.Session"),
        (4, "arguments", "keras.optimizers.Adam(lr=)"),
        (6, "methods", "keras.Sequential.fit_generator"),
        (7, "arguments", "keras.Sequential.fit(nb_epoch=)"),
    ]


def test_a_name_that_is_there_and_refuses_to_be_used(facts):
    _, _, found = facts("from keras.optimizers.legacy import SGD\nSGD(0.1)\n")
    assert missing(found) == [(2, "names", "keras.optimizers.legacy.SGD()")]


def test_what_a_base_never_had_may_be_set_by_others(facts):
    file, answers, found = facts(
        "import keras\nclass A(keras.Model):\n    def f(self):\n        self.fit_generator\n"
    )
    assert missing(found) == []

    class Before(Pretended):
        def find(self, question):
            return Answer("yes", "")

    found = list(facts_of(file, answers, frozenset(), [Before()]))
    assert missing(found) == [(4, "methods", "keras.Model.fit_generator")]


def test_one_fault_is_one_fault(facts):
    _, _, found = facts(
        "import keras.layers.core\n"
        "from keras.layers.core import Dense, Lambda\n"
        "from keras.layers import Merge\n"
        "from keras import objectives as o\n"
        "keras.layers.core.Dense\n"
        "Dense(1)\n"
        "Merge(mode='sum').name\n"
        "o.mse\n"
    )
    assert [line for line, _, _ in missing(found)] == [1, 2, 3, 4]


def test_one_of_two_that_is_there_is_no_fault(facts):
    _, _, found = facts(
        "if a:\n    import tensorflow as tf\nelse:\n    import tensorflow.compat.v1 as tf\n"
        "tf.Session\n"
    )
    assert missing(found) == []


def test_names_of_the_inside_are_their_own_group(facts):
    GONE.add("tensorflow.python.old")
    try:
        _, _, found = facts("from tensorflow.python import old\n")
    finally:
        GONE.discard("tensorflow.python.old")
    assert missing(found) == [(1, "internals", "tensorflow.python.old")]


def finding(line: int, code: str = "KER302", name: str = "") -> Finding:
    return Finding("module.py", line, 1, line, 3, code, name, "message")


def outcomes(source: str, findings: list[Finding], facts, tmp_path: Path) -> list[tuple[str, int]]:
    file, answers, found = facts(source)
    verdicts = compare(found, findings, [file], answers, tmp_path)
    return [(verdict.outcome, verdict.line) for verdict in verdicts]


def test_hits_and_misses(facts, tmp_path):
    source = "import tensorflow as tf\ntf.Session\ntf.Session\n"
    assert outcomes(source, [finding(2)], facts, tmp_path) == [("hit", 2), ("miss", 3)]


def test_an_argument_is_only_hit_by_the_rule_for_arguments(facts, tmp_path):
    source = "from keras.optimizers import Adam\nAdam(lr=1)\n"
    name = "keras.optimizers.Adam"
    assert outcomes(source, [finding(2, "KER305", name)], facts, tmp_path) == [("hit", 2)]
    assert outcomes(source, [finding(2, "KER302", name)], facts, tmp_path) == [
        ("false", 2),
        ("miss", 2),
    ]


def test_what_the_extractor_does_not_see_is_asked(facts, tmp_path):
    source = "from keras.layers import *\nMerge()\n"
    found = [finding(2, name="keras.layers.Merge")]
    assert outcomes(source, found, facts, tmp_path) == [("unseen", 2)]


def test_a_finding_of_a_name_that_is_there_is_false(facts, tmp_path):
    source = "import keras\nkeras.layers\n"
    assert outcomes(source, [finding(2, name="keras.layers")], facts, tmp_path) == [("false", 2)]


def test_a_use_of_what_was_not_imported_is_reported_twice(facts, tmp_path):
    source = "from keras.layers import Merge\nMerge.name\n"
    found = [finding(1), finding(2, name="keras.layers.Merge.name")]
    assert outcomes(source, found, facts, tmp_path) == [("hit", 1), ("twice", 2)]


def test_guarded_places_count_neither_way(facts, tmp_path):
    source = "try:\n    from keras.layers import Merge\nexcept ImportError:\n    pass\n"
    assert outcomes(source, [], facts, tmp_path) == []
    assert outcomes(source, [finding(2)], facts, tmp_path) == [("guarded", 2)]


def test_a_private_name_that_works_says_nothing(facts, tmp_path):
    source = "import keras.src\n"
    assert outcomes(source, [finding(1, "KER103")], facts, tmp_path) == []


def test_what_the_package_sets_is_there(facts, tmp_path):
    source = "import tensorflow as tf\ntf.Session = 1\ntf.Session\n"
    found = [finding(3, name="tensorflow.Session.x")]
    assert outcomes(source, [], facts, tmp_path) == []
    assert outcomes(source, found, facts, tmp_path) == [("false", 3)]


def test_figures(facts, tmp_path):
    file, answers, found = facts("import tensorflow as tf\ntf.Session\ntf.Session\ntf.x\n")
    findings = [finding(2), finding(4, name="tensorflow.x")]
    verdicts = compare(found, findings, [file], answers, tmp_path)
    assert figures(verdicts).recall == 0.5
    assert figures(verdicts).precision == 0.5
    assert figures([]).recall is None
    assert means([verdicts, [], verdicts[:1]]) == (0.75, 0.75)
