"""See the package."""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from kerlint.knowledge.index import Index, load
from kerlint.solving import Solution
from tools.index.packages import listed
from tools.oracle import __doc__ as manual
from tools.oracle import asking, recorded
from tools.oracle.drawing import manifests

CACHE = Path(__file__).parents[2] / ".cache" / "uv"
HEAD = "# Python, requirements, and what uv pins of the packages in the index; see tools/oracle.\n"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tools.oracle",
        description=manual,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--uv", default="uv", help="the command")
    parser.add_argument("--cache", type=Path, default=CACHE, help="of uv")
    parser.add_argument(
        "--config",
        type=Path,
        help="a uv.toml, e.g. to keep what an index says must not be kept (index.cache-control)",
    )
    parser.add_argument("--count", type=int, default=500, help="answers to have in the end")
    parser.add_argument("--jobs", type=int, default=2, help="questions at a time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--compare", action="store_true", help="ask nobody")
    parser.add_argument("--fresh", action="store_true", help="forget what is recorded")
    options = parser.parse_args(arguments)
    index = load()
    if not options.compare:
        _record(index, options)
    return _compare(index)


def _record(index: Index, options: argparse.Namespace) -> None:
    recorded.FOLDER.mkdir(parents=True, exist_ok=True)
    if options.fresh or not recorded.ANSWERS.exists():
        recorded.ANSWERS.write_text(HEAD, encoding="utf-8")
    known = {answer.key for answer in recorded.read()}
    named = listed()
    finals = {name for name in index.names if (package := index.package(name)) and package.finals}
    uv = [options.uv, "--cache-dir", str(options.cache)]
    uv += ["--config-file", str(options.config)] if options.config else ["--no-config"]

    def asked(drawn: tuple[str, tuple[str, ...]]) -> recorded.Answer | str:
        python, requirements = drawn
        try:
            pins = asking.ask(uv, python, requirements, finals)
        except asking.NoAnswer as problem:
            return f"{python} {requirements}: {str(problem)[-300:]}"
        if pins is not None:
            pins = {name: one for name, one in pins.items() if name in named}
        return recorded.Answer(python, requirements, pins)

    draws = (
        (python, requirements)
        for python, requirements in manifests(index, options.seed)
        if recorded.Answer(python, requirements, None).key not in known
    )
    wanted = itertools.islice(draws, max(0, options.count - len(known)))
    with ThreadPoolExecutor(options.jobs) as pool:
        for question in as_completed([pool.submit(asked, drawn) for drawn in wanted]):
            answer = question.result()
            if isinstance(answer, str):
                print(answer, file=sys.stderr, flush=True)
                continue
            with recorded.ANSWERS.open("a", encoding="utf-8") as file:
                file.write(f"{answer}\n")


def _compare(index: Index) -> int:
    answers = recorded.read()
    explained = recorded.explained()
    different: list[tuple[str, str, str]] = []
    both = []
    for answer in answers:
        ours = recorded.solved(answer, index)
        kind = recorded.difference(answer, ours)
        if kind:
            different.append((kind, answer.key, explained.get(answer.key, "NOT EXPLAINED")))
        elif isinstance(ours, Solution):
            both.append((answer, ours))
    for kind, key, why in different:
        print(f"{kind}\t{key}\t{why}")
    same, every = recorded.alike(both)
    possible = sum(answer.pins is not None for answer in answers)
    agreed = len(answers) - len(different)
    print(
        f"{len(answers)} manifests, {possible} of them possible; "
        f"the solver agrees on {agreed} ({agreed / max(1, len(answers)):.1%}); "
        f"{same} of {every} versions are the same ({same / max(1, every):.1%})"
    )
    return 1 if any(why == "NOT EXPLAINED" for _, _, why in different) else 0


if __name__ == "__main__":
    raise SystemExit(main())
