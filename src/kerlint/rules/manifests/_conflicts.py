"""A conflict as a finding: the user's lines, the published facts, a way out."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.diagnostics import Diagnostic, Related, Severity
    from kerlint.manifests.installations import Installation
    from kerlint.manifests.model import Requirement
    from kerlint.rules.base import Rule
    from kerlint.rules.installing import InstallContext
    from kerlint.solving import Conflict

MOST_FACTS = 6


def told(installation: Installation, context: InstallContext) -> Conflict | None:
    """The conflict of the installation, if there is one of which no other rule tells already."""
    conflict = context.verdict(installation).conflict
    if conflict is None or not conflict.lines:
        return None
    return None if any(_is_missing(one, context) for one in conflict.lines) else conflict


def _is_missing(one: Requirement, context: InstallContext) -> bool:
    """Whether the line pins a release that does not exist: KER402 tells of it."""
    package = context.index.package(one.name)
    if package is None or package.synthetic or "==" not in one.specifier:
        return False
    return not package.mask(one.specifier)


def is_about_cuda(conflict: Conflict) -> bool:
    """Whether it is CUDA wheels that exclude each other: KER411 tells of it."""
    return any(fact.dependency.startswith("nvidia-") for fact in conflict.facts)


def finding(
    rule: Rule,
    conflict: Conflict,
    installation: Installation,
    context: InstallContext,
    *,
    message: str = "",
    severity: Severity | None = None,
) -> Diagnostic:
    """The conflict, at the last of its lines that stands in the judged file."""
    from kerlint.rules.manifests._places import also, at

    lines = sorted(conflict.lines, key=lambda one: (one.path, one.span))
    own = [one for one in lines if one.path == installation.manifests[0].path]
    main = (own or lines)[-1]
    others = [one for one in lines if one is not main]
    facts = conflict.facts[:MOST_FACTS]
    said = message or _message(lines, conflict)
    if facts:
        said += ": " + "; ".join(fact.sentence for fact in facts)
    return at(
        rule,
        main,
        said,
        help=context.shared(("help", id(conflict)), lambda: _help(conflict, installation, context)),
        label="cannot be met"
        if not others
        else "excludes each other with the other lines"
        if len(others) > 1
        else "these two exclude each other",
        severity=severity,
        related=[*(also(one, "") for one in others), *_pythons(conflict, installation)],
    )


def _pythons(conflict: Conflict, installation: Installation) -> list[Related]:
    """Where the manifest says which Python it is, if that decides."""
    from kerlint.diagnostics import Related
    from kerlint.rules.manifests._places import THIS_PYTHON

    if not any(fact.kind == "python" for fact in conflict.facts):
        return []
    return [Related(one.path, one.span, THIS_PYTHON) for one in installation.pythons]


def _message(lines: Sequence[Requirement], conflict: Conflict) -> str:
    from kerlint.rules.manifests._places import quoted

    names = quoted(dict.fromkeys(shown(one) for one in lines))
    if len(lines) == 1:
        return f"{names} cannot be installed{where(conflict)}"
    return f"{names} cannot be installed together{where(conflict)}"


def shown(one: Requirement) -> str:
    """The requirement in short: name, extras and versions."""
    extras = f"[{','.join(one.extras)}]" if one.extras else ""
    return f"{one.name}{extras}{one.specifier}" if one.name else one.text


def where(conflict: Conflict) -> str:
    """` on Python 3.11`, where it is so only there."""
    return f" on Python {conflict.python}" if conflict.python else ""


def _help(conflict: Conflict, installation: Installation, context: InstallContext) -> str:
    from kerlint.rules.manifests._ways import ways

    texts = []
    for way, added in ways(conflict, installation, context):
        text = f"write `{'`, `'.join(way.lines)}`"
        texts.append(f"{text}, and add `{'`, `'.join(added)}`" if added else text)
    if not texts:
        return ""
    return f"{'; or '.join(texts)} (releases as of {context.index.snapshot})"
