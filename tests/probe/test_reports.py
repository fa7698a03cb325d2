"""The reports of the probe: every subject once, every finding whole, nothing that commands."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree
from html.parser import HTMLParser

import pytest

from kerlint.probe.exchange import observations
from kerlint.probe.observations import Observations
from kerlint.probe.outcome import Examination
from kerlint.probe.report import FORMATS, html, render, text
from kerlint.probe.subjects import subjects
from tests.probe.samples import findings, sample, seen, sound


def rendered(format: str, **options: bool) -> str:
    out = io.StringIO()
    render(format, sample(), out, **options)
    return out.getvalue()


def test_the_text_as_a_whole() -> None:
    lines = list(text.lines(sample(), color=False, verbose=False, quiet=False))
    assert lines == [
        "Examined: ~/env (the active virtual environment).",
        "",
        "[✓] Python          3.11.7 at ~/env/bin/python, Linux x86_64",
        "[!] Path            1 entry",
        "    warning[KER645] user-site-leak: numpy comes from the user site",
        "      sure: likely; this was inferred, not seen to fail",
        "[✗] Packages        2 installed, 1200 files compared, 1 without a list of files",
        "    error[KER612] files-missing: 1 file of keras 3.15.1 is not there",
        "      seen: not there: keras/src/layers/__init__.py (~/env/lib)",
        "      seen: ImportError: cannot import name 'layers' (import keras)",
        "      seen: third",
        "      seen: 1 more with --verbose",
        "      help: Install it again.",
        "       run: ~/env/bin/python -m pip install --force-reinstall --no-deps keras==3.15.1",
        "[✓] Project         compared with 2 requirements of ~/project",
        "[i] Keras settings  Keras 3.15.1 on jax",
        "    Keras will run on jax, by KERAS_BACKEND (KER632)",
        '[✗] Keras           on jax failed at the step "found"',
        "[✓] JAX             0.10.2 starts and computes (1.2 s)",
        "[-] GPU driver      no NVIDIA GPU was found",
        "[-] GPU libraries   no CUDA library was found",
        "[-] GPU at work     what was computed was computed on the CPU",
        "",
        "Not checked:",
        "    files of numpy: it has no RECORD",
        "",
        "Found 1 error and 1 warning.",
        "Do this first (KER612): Install it again.",
        "    ~/env/bin/python -m pip install --force-reinstall --no-deps keras==3.15.1",
    ]


def test_verbose_shows_all_evidence_and_what_is_not_installed() -> None:
    shown = "\n".join(text.lines(sample(), color=False, verbose=True, quiet=False))
    assert "fourth" in shown
    assert "[-] TensorFlow      not installed" in shown
    assert "docs/rules/files-missing.md" in shown
    assert "\x1b" not in shown


def test_quiet_shows_subjects_with_findings_only() -> None:
    shown = list(text.lines(sample(), color=False, verbose=False, quiet=True))
    assert not any("[✓]" in line or "[-]" in line for line in shown)
    assert sum("KER" in line for line in shown) == 4


def test_a_terminal_without_unicode_gets_words() -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    render("text", sample(), out)
    out.flush()
    shown = out.buffer.getvalue().decode()  # type: ignore[attr-defined]
    assert "[ok] Python" in shown
    assert "[x ] Packages" in shown


def test_a_sound_environment_says_so_with_its_limits() -> None:
    shown = "\n".join(text.lines(sound(), color=False, verbose=False, quiet=False))
    assert "Nothing wrong was found in what was looked at." in shown
    assert "Do this first" not in shown
    assert "[-] Project         ~/project asks for no packages" in shown


def test_every_finding_belongs_to_one_subject() -> None:
    told = [one for subject in subjects(sample()) for one in subject.findings]
    assert sorted(one.code for one in told) == sorted(one.code for one in findings())


def test_json_is_one_object_that_can_be_judged_again() -> None:
    document = json.loads(rendered("json"))
    assert list(document) == ["schema", "diagnostics", "observations", "not_checked"]
    first = document["diagnostics"][0]
    assert first["code"] == "KER612"
    assert first["confidence"] == "certain"
    assert first["evidence"][0] == {
        "text": "not there: keras/src/layers/__init__.py",
        "where": "~/env/lib",
    }
    again = observations({"not_checked": document["not_checked"], **document["observations"]})
    assert again == seen()


def test_markdown_holds_what_was_found_and_cannot_be_broken_out_of() -> None:
    shown = rendered("markdown")
    assert "| error | Packages | 2 installed" in shown
    assert "**error [KER612](" in shown
    assert "- ``<script>alert(1)</script> | `fourth` \N{SYMBOL FOR ESCAPE}[31m``" in shown
    assert shown.count("```") % 2 == 0
    assert "<details><summary>Observations</summary>" in shown


def test_html_is_well_formed_and_escaped() -> None:
    page = html.page(sample())
    xml.etree.ElementTree.fromstring(page)
    assert "<script>" not in page
    tags: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            tags.append(tag)

    Reader().feed(page)
    assert "details" in tags


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_names_every_grave_finding(format: str) -> None:
    shown = rendered(format)
    assert "KER612" in shown
    assert "KER645" in shown


@pytest.mark.parametrize("format", ["full", "github", "sarif", "junit", "json-lines"])
def test_the_formats_of_the_linter_hold_the_cure(format: str) -> None:
    shown = rendered(format)
    assert "keras==3.15.1" in shown
    assert "keras/src/layers/__init__.py" in shown


def test_json_lines_are_the_objects_of_json() -> None:
    found = [json.loads(line) for line in rendered("json-lines").splitlines()]
    assert found == json.loads(rendered("json"))["diagnostics"]


def test_what_was_not_read_is_not_said_to_be_absent() -> None:
    examined = Examination(Observations(), [], errors=["it is Python 2.7"])
    shown = "\n".join(text.lines(examined, color=False, verbose=True, quiet=False))
    assert "[✓]" not in shown
    assert "not installed" not in shown
    assert shown.count("not read") == 4
    assert shown.endswith("The environment could not be examined.")
    assert "it is Python 2.7" in html.page(examined)
    assert "Nothing wrong" not in shown + html.page(examined)
