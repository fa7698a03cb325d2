"""The reports for machines, held against their schemas and against strict readers."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import xmlschema
from report_samples import NASTY, SOURCE, Result, finding, span, written

from kerlint.diagnostics import Diagnostic

SCHEMAS = Path(__file__).parents[2] / "fixtures" / "schemas"
RUNS = {
    "nasty": Result(
        NASTY, notes=["Assumed: keras 3.15.1."], errors=["cannot read \ud800 \x00 <x>"]
    ),
    "empty": Result([]),
    "broken": Result([], files=0, errors=["nothing there"]),
}


@pytest.fixture(autouse=True)
def _outside_of_actions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)


@pytest.fixture(params=sorted(RUNS))
def run(request: pytest.FixtureRequest) -> Result:
    return RUNS[request.param]


def report(format: str, run: Result | list[Diagnostic], **options: object) -> str:
    return written(format, run, sources={"a.py": SOURCE}, **options)


def strict(text: str) -> Any:
    """JSON as a strict reader takes it: Unicode text only."""
    value = json.loads(text)
    json.dumps(value, ensure_ascii=False).encode("utf-8")
    return value


# JSON


def test_json_shape() -> None:
    entry = strict(report("json", NASTY))[1]
    assert entry == {
        "code": "KER302",
        "name": "missing-name",
        "severity": "error",
        "message": "it is gone",
        "path": "a.py",
        "location": {"line": 4, "column": 1},
        "end_location": {"line": 4, "column": 23},
        "cell": None,
        "qualified_name": "keras.layers.CuDNNLSTM",
        "related": [
            {
                "path": "a.py",
                "location": {"line": 1, "column": 8},
                "cell": None,
                "message": "keras is imported here",
            },
            {
                "path": "other dir/b.py",
                "location": {"line": 7, "column": 1},
                "cell": None,
                "message": "and 100% here",
            },
        ],
        "help": "write `keras.layers.LSTM`",
        "fix": {
            "title": "Use LSTM",
            "safety": "safe",
            "edits": [{"start": 75, "end": 80, "text": "LSTM"}],
        },
        "url": "https://github.com/kerlint/kerlint/blob/main/docs/rules/missing-name.md",
    }
    assert list(entry) == list(strict(report("json", [finding()]))[0])
    assert strict(report("json", [finding()]))[0]["fix"] is None


def test_json_lines_hold_what_json_holds(run: Result) -> None:
    lines = [strict(line) for line in report("json-lines", run).splitlines()]
    assert lines == strict(report("json", run))
    assert len(lines) == len(run.diagnostics)


def test_json_strings_survive() -> None:
    found = {entry["path"]: entry for entry in strict(report("json", NASTY))}
    assert found["ünï/数 据.py"]["message"] == "a\nb\r\n\x1b[31m: ,%"
    assert "caf\\xe9.py" in found


def test_json_statistics() -> None:
    counts = strict(report("json", [finding(), finding()], statistics=True))
    assert counts == [{"code": "KER302", "name": "missing-name", "severity": "error", "count": 2}]


# GitHub: an own reader for workflow commands, as the runner takes them apart.


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    def back(value: str, properties: bool) -> str:
        pairs = [("%0D", "\r"), ("%0A", "\n")]
        if properties:
            pairs += [("%3A", ":"), ("%2C", ",")]
        for code, char in [*pairs, ("%25", "%")]:
            value = value.replace(code, char)
        return value

    result = []
    for line in text.split("\n")[:-1]:
        match = re.fullmatch(r"::(\w+) (.*?)::(.*)", line)
        assert match, line
        pairs = (pair.split("=", 1) for pair in match[2].split(","))
        properties = {key: back(value, True) for key, value in pairs}
        result.append((match[1], properties, back(match[3], False)))
    return result


def test_github() -> None:
    found = commands(report("github", NASTY))
    assert len(found) == len(NASTY)
    command, properties, message = found[1]
    assert command == "error"
    assert properties == {
        "title": "kerlint KER302 missing-name",
        "file": "a.py",
        "line": "4",
        "col": "1",
        "endLine": "4",
        "endColumn": "23",
    }
    assert message == "a.py:4:1: KER302 it is gone\nwrite `keras.layers.LSTM`"
    assert [command for command, _, _ in found] == [
        "error",
        "error",
        "error",
        "notice",
        "notice",
        "warning",
    ]


def test_github_escapes() -> None:
    trap = finding(path="a,b:c%0A.py", message="100%25\r\n::error::x, y: z")
    ((_, properties, message),) = commands(report("github", [trap]))
    assert properties["file"] == "a,b:c%0A.py"
    assert message == "a,b:c%0A.py:1:1: KER302 100%25\r\n::error::x, y: z"
    assert report("github", [trap]).count("\n") == 1


def test_github_has_columns_on_one_line_only() -> None:
    ((_, properties, _),) = commands(report("github", [finding(span(1, 2, 3, 4))]))
    assert properties["endLine"] == "4"
    assert not {"col", "endColumn"} & set(properties)


def test_github_files_are_relative_to_the_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    ((_, properties, _),) = commands(report("github", [finding()]))
    assert properties["file"] == "sub/a.py"


# GitLab


def test_gitlab_schema(run: Result) -> None:
    schema = json.loads((SCHEMAS / "gitlab-code-quality.json").read_text(encoding="utf-8"))
    entries = strict(report("gitlab", run))
    jsonschema.Draft7Validator(schema).validate(entries)
    assert len(entries) == len(run.diagnostics)


def test_gitlab_severities() -> None:
    severities = {
        entry["check_name"]: entry["severity"] for entry in strict(report("gitlab", NASTY))
    }
    assert severities["KER201 backend-set-after-import"] == "critical"
    assert severities["KER902 unreadable-file"] == "blocker"
    assert [
        strict(report("gitlab", [finding(severity=severity)]))[0]["severity"]
        for severity in ("warning", "info")
    ] == ["minor", "info"]


def marks(format: str, text: str, *places: tuple[int, str]) -> list[str]:
    """Fingerprints of findings on these lines of `text`, with these messages."""
    found = [finding(span(line, 1, 6), message=message) for line, message in places]
    entries = strict(written(format, found, sources={"a.py": text}))
    if format == "gitlab":
        return [entry["fingerprint"] for entry in entries]
    return [result["partialFingerprints"]["kerlint/v1"] for result in entries["runs"][0]["results"]]


@pytest.mark.parametrize("format", ["gitlab", "sarif"])
def test_fingerprints_survive_moves_and_tell_apart(format: str) -> None:
    before = marks(format, "keras.a\nkeras.b\nkeras.a\n", (1, "a"), (2, "b"), (3, "a, see line 1"))
    after = marks(
        format,
        "\nif x:\n    keras.a\nkeras.b\n\nkeras.a\n",
        (3, "a"),
        (4, "b"),
        (6, "a, see line 3"),
    )
    assert before == after
    assert len(set(before)) == 3


# SARIF


def test_sarif_schema(run: Result) -> None:
    schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    log = strict(report("sarif", run, exit_code=1))
    jsonschema.Draft4Validator(schema).validate(log)
    assert len(log["runs"][0]["results"]) == len(run.diagnostics)


def test_sarif() -> None:
    run = strict(report("sarif", RUNS["nasty"], exit_code=2))["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    gone = run["results"][1]
    assert gone["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "a.py", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 4, "startColumn": 1, "endLine": 4, "endColumn": 23},
    }
    places = [one["physicalLocation"]["artifactLocation"] for one in gone["relatedLocations"]]
    assert [place["uri"] for place in places] == ["a.py", "other%20dir/b.py"]
    (change,) = gone["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {"deletedRegion": {"charOffset": 75, "charLength": 5}, "insertedContent": {"text": "LSTM"}}
    ]
    (invocation,) = run["invocations"]
    assert invocation["exitCode"] == 2
    assert not invocation["executionSuccessful"]
    levels = [note["level"] for note in invocation["toolExecutionNotifications"]]
    assert levels == ["error", "note"]
    uris = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in run["results"]
    ]
    assert "caf%E9.py" in uris
    assert "%C3%BCn%C3%AF/%E6%95%B0%20%E6%8D%AE.py" in uris


def test_sarif_carries_the_page_of_the_rule() -> None:
    found = finding(code="KER904", name="unused-suppression", severity="warning")
    (rule,) = strict(report("sarif", [found]))["runs"][0]["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == "A suppression comment that silences nothing."
    assert "## Why is this bad?" in rule["help"]["markdown"]
    assert rule["defaultConfiguration"]["level"] == "warning"


def test_sarif_success_is_about_the_run_not_the_findings() -> None:
    (invocation,) = strict(report("sarif", [finding()], exit_code=1))["runs"][0]["invocations"]
    assert invocation["executionSuccessful"]


# JUnit


def test_junit_schema(run: Result) -> None:
    schema = xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))
    schema.validate(report("junit", run))


def test_junit() -> None:
    root = ElementTree.fromstring(report("junit", RUNS["nasty"]))
    cases = root.findall("testsuite/testcase")
    assert root.get("tests") == str(len(cases)) == str(len(NASTY) + 1)
    assert root.get("failures") == str(len(root.findall("testsuite/testcase/failure")))
    for suite in root.findall("testsuite"):
        assert suite.get("tests") == str(len(suite.findall("testcase")))
    messages = [failure.get("message") for failure in root.iter("failure")]
    assert "a\nb\r\n\\x1b[31m: ,%" in messages
    assert '<&">\\x00\\xfffe 😀' in messages
    (error,) = root.iter("error")
    assert error.get("message") == "cannot read \\xd800 \\x00 <x>"
    (case,) = ElementTree.fromstring(report("junit", [])).iter("testcase")
    assert len(case) == 0
