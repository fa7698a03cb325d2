"""The measurements as a page of documentation."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator

from benchmarks import cases, tools
from benchmarks.cases import Case
from benchmarks.measure import Result

INTRODUCTION = """\
# Speed, measured

Written by `python -m benchmarks`; do not edit.

What counts is CPU time, user and system seconds of the whole process and its children, from the
start of the interpreter to the last line of output: that is what a commit hook or a CI job costs,
on any number of cores. Every table was measured in one run, the tools taking turns, and shows
medians. **Compare ratios**: they carry over to other machines, the seconds do not.
"""

NOTES = """\
## Notes

- The tools do different work. ruff's `NPY` rules are the nearest that ruff has: names that a
  library removed. pyflakes and django-upgrade read each file with Python's own parser. TorchFix is
  the equal-work peer: it reports removed names of a library, from LibCST trees. Its only filter is
  the word `torch`, so it checks a copy of the code in which `keras` and `tensorflow` are spelt
  `torch`.
- Slow commands were run fewer times, see the column "runs".
- All files are in the page cache and all tools byte-compiled. The first run after an installation
  or on a cold disk is slower for everybody. kerlint had no cache of results.
- A hook's run also pays for pre-commit itself, which is the same for every hook.
- Peak memory is that of the largest process of a command. Less than the measuring process itself
  has, about 20 MB, cannot be seen.
- Nobody finds settings: the code lies outside of any project, each corpus a git repository of its
  own.
"""


def page(measured: list[tuple[Case, dict[str, Result]]], versions: list[tuple[str, str]]) -> str:
    """The whole of `docs/performance.md`; `versions` of the tools, by name."""
    return "\n".join(
        [
            INTRODUCTION,
            *_targets(measured),
            *(line for case, results in measured for line in _table(case, results)),
            NOTES,
            "## What was measured",
            "",
            f"On {machine()}, {platform.python_implementation()} {platform.python_version()}:",
            "",
            *(f"- {name} {version}" for name, version in versions),
            "",
            "```sh",
            "python -m benchmarks",
            "```",
            "",
            "downloads what it needs into `.cache/benchmarks`, installs kerlint from the checkout and",
            "writes this page. It needs pip, git and a POSIX system.",
            "",
        ]
    )


def _targets(measured: list[tuple[Case, dict[str, Result]]]) -> Iterator[str]:
    by_title = {case.title: results for case, results in measured}
    yield "## What kerlint promises"
    yield ""
    yield "| kerlint, measured by CPU time | at most | measured | |"
    yield "| --- | ---: | ---: | --- |"
    for title, other, most in cases.TARGETS:
        if other in by_title.get(title, {}):
            ratio = cases.ratio(by_title[title], other)
            yield (
                f"| {title}, of {other} | {_number(most)} | {_number(ratio)} | {_met(ratio <= most)} |"
            )
    peak = max(results[tools.kerlint.name].peak for _, results in measured)
    met = _met(peak <= cases.PEAK)
    yield f"| peak memory, all cases | {cases.PEAK / 1e6:.0f} MB | {peak / 1e6:.0f} MB | {met} |"
    yield ""


def _number(ratio: float) -> str:
    return f"1/{1 / ratio:.0f}" if ratio < 0.1 else f"{ratio:.2f}"


def _met(yes: bool) -> str:
    return "met" if yes else "**not met**"


def _table(case: Case, results: dict[str, Result]) -> Iterator[str]:
    yield f"## {case.title[0].upper()}{case.title[1:]}"
    yield ""
    yield f"{len(case.files)} files, {_size(case.megabytes)}: {case.contents}."
    yield ""
    unit = "ms" if case.small else "s"
    yield f"| | CPU {unit} | least to most | of kerlint's | wall {unit} | peak MB | runs |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    own = results[tools.kerlint.name].cpu
    does = {tool.name: tool.does for tool in (*cases.USUAL, tools.torchfix)}
    for name, result in results.items():
        label = f"**{name}**" if name == tools.kerlint.name else name
        label += f" {does[name]}" if does.get(name) else ""
        least, most = (_time(seconds, case.small) for seconds in result.spread)
        yield (
            f"| {label} | {_time(result.cpu, case.small)} | {least} to {most} | {result.cpu / own:.2f} "
            f"| {_time(result.wall, case.small)} | {result.peak / 1e6:.0f} | {len(result.readings)} |"
        )
    yield ""


def _time(seconds: float, small: bool) -> str:
    return f"{seconds * 1000:.1f}" if small else f"{seconds:.2f}"


def _size(megabytes: float) -> str:
    return f"{megabytes:.1f} MB" if megabytes >= 0.1 else f"{megabytes * 1000:.0f} KB"


def machine() -> str:
    """The kind of machine, in words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = os.cpu_count() or 1
    return (
        f"a {platform.system()} {platform.machine()} machine with {cores} core{'s' * (cores > 1)} "
        f"and {memory:.0f} GiB of memory"
    )
