"""The command `python -m tools.crater`."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from collections.abc import Iterable
from pathlib import Path

from tools.crater import reporting
from tools.crater.asking import Answers
from tools.crater.comparing import Verdict, compare
from tools.crater.environments import Environment, interpreter, load_environments
from tools.crater.fetch import fetch
from tools.crater.packages import Package, load_packages
from tools.crater.reading import uses_of
from tools.crater.running import run_kerlint
from tools.crater.truth import ask_all, assigned_in, facts_of

CACHE = Path(".cache/kerlint-crater")


def main(arguments: list[str] | None = None) -> int:
    """Run the crater; returns 0 unless kerlint itself failed on some package."""
    options = _options(arguments)
    packages = [package for package in load_packages() if _wanted(package, options)]
    environments = [e for e in load_environments() if e.name in options.environment]
    folders = fetch(packages, options.cache, say)
    results: dict[tuple[str, Package], list[Verdict]] = {}
    problems: list[str] = []
    every = {e.name: _kept_answers(e, options.cache) for e in load_environments()}
    for environment in environments:
        every[environment.name] = _answers(environment, folders.values(), options.cache)
    for environment in () if options.answers_only else environments:
        answers = every[environment.name]
        for package, folder in folders.items():
            say(f"{environment.name}: {package.folder}")
            verdicts, wrong = _judge(options, environment, folder, every)
            results[environment.name, package] = verdicts
            problems += [f"{environment.name} {package.folder}: {problem}" for problem in wrong]
        answers.save()
    if results:
        _report(results, options)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    names = [environment.name for environment in load_environments()]
    parser = argparse.ArgumentParser(prog="python -m tools.crater", description=__doc__)
    add = parser.add_argument
    add("packages", nargs="*", help="names of packages (default: all)")
    add("--cache", type=Path, default=CACHE, help="where everything is kept (default: %(default)s)")
    add("--half", choices=("A", "B"), help="only one half of the packages")
    add("--environment", action="append", choices=names, help="only these environments")
    add("--answers-only", action="store_true", help="execute, but do not run kerlint")
    add(
        "--kerlint",
        type=shlex.split,
        default=[sys.executable, "-m", "kerlint"],
        help="the command to judge (default: kerlint of this checkout)",
    )
    options = parser.parse_args(arguments)
    options.environment = options.environment or names
    options.cache = options.cache.absolute()
    return options


def _wanted(package: Package, options: argparse.Namespace) -> bool:
    return options.half in (None, package.half) and package.name in (
        options.packages or [package.name]
    )


def say(text: str) -> None:
    """Tell how far things are, beside the results."""
    print(text, file=sys.stderr, flush=True)


def _kept_answers(environment: Environment, cache: Path) -> Answers:
    """What an environment answered before; it need not be there to ask nothing new."""
    place = cache / "environments"
    return Answers(place / environment.executable, place / f"{environment.folder}.json")


def _answers(environment: Environment, folders: Iterable[Path], cache: Path) -> Answers:
    """The answers of an environment to everything that the packages ask."""
    interpreter(environment, cache, say)
    answers = _kept_answers(environment, cache)
    files = [file for folder in folders for file in uses_of(folder, cache)]
    new = ask_all(files, answers)
    say(f"{environment.name}: {new} new questions")
    return answers


def _judge(
    options: argparse.Namespace,
    environment: Environment,
    folder: Path,
    every: dict[str, Answers],
) -> tuple[list[Verdict], list[str]]:
    findings, problems = run_kerlint(options.kerlint, folder, environment.target)
    files = uses_of(folder, options.cache)
    assigned = assigned_in(files)
    answers = every[environment.name]
    others = [one for name, one in every.items() if name != environment.name]
    facts = [fact for file in files for fact in facts_of(file, answers, assigned, others)]
    return compare(facts, findings, files, answers, folder), problems


def _report(results: reporting.Results, options: argparse.Namespace) -> None:
    for line in reporting.summary(results):
        print(line)
    places = options.cache / "places.txt"
    places.write_text("".join(f"{line}\n" for line in reporting.listing(results)))
    last = options.cache / "last.json"
    before, now = reporting.read_keys(last), reporting.as_keys(results)
    changed = list(reporting.differences(before, now)) if before is not None else []
    (options.cache / "differences.txt").write_text("".join(f"{line}\n" for line in changed))
    last.write_text(json.dumps({**(before or {}), **now}))
    print(f"\nplaces to read: {places}")
    print(f"changed since the last run: {len(changed)}, listed in {places.parent}/differences.txt")


if __name__ == "__main__":
    raise SystemExit(main())
