"""KER307."""

from __future__ import annotations

from kerlint.knowledge.releases import version_key
from kerlint.rules._guards import ANY, ATTRIBUTE, silenced
from kerlint.rules._private import is_private
from kerlint.rules.api._since import Newcomer, axis_of, cure, library_of, since
from kerlint.rules.api._verdicts import ROOTS, Judge, judge_of
from kerlint.rules.api._wording import spelled
from kerlint.rules.api.missing_argument import callees, refuses
from kerlint.rules.base import Context, Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.knowledge.api import Api
    from kerlint.source.facts import Call, Member, Module, Reference


class NotYetAvailable(Rule):
    """Using what the oldest versions that the project admits do not have yet.

    ## What it does
    Finds names, modules, arguments, methods and attributes that the newest version has which the
    project's requirements admit, and the oldest does not. It speaks only where somebody wrote a
    lower bound (`keras>=3.0`, `tensorflow>=2.16,<3`, in a requirement or a target): without one
    the newest release counts alone. Code that only runs when the thing is there, under a test of
    the version, `hasattr`, or a `try` that catches the error, is left alone. Each missing thing
    is told of once a file, at its first use.

    ## Why is this bad?
    Who installs the project with the oldest versions that it says it supports gets an
    `ImportError`, `AttributeError`, `TypeError` or `ValueError`. That happens with lock files, on
    older Pythons, and next to other packages that hold Keras back.

    ## Example
    ```python
    from keras.layers import RMSNormalization
    ```

    ## Use instead
    ```python
    import keras

    if hasattr(keras.layers, "RMSNormalization"):
        norm = keras.layers.RMSNormalization()
    else:
        norm = keras.layers.LayerNormalization()
    ```

    Or raise the lower bound in the requirements to the release that the message names.

    ## References
    - [Releases of Keras](https://github.com/keras-team/keras/releases)
    - [Releases of TensorFlow](https://github.com/tensorflow/tensorflow/releases)
    """

    code = "KER307"
    name = "not-yet-available"
    severity = "warning"
    by_target = "oldest"
    trigger = Trigger(newer=True)
    example_target = "keras>=3.0.5"
    errors = (
        "ImportError: cannot import name 'RMSNormalization' from 'keras.layers'",
        "AttributeError: module 'keras' has no attribute 'ops'",
    )

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """One finding for each thing that the oldest versions lack."""
        if context.oldest is None or context.target.floor is None:
            return
        found: dict[str, Newcomer] = {}
        for one in sorted(_all(module, context), key=lambda one: one.order):
            known = found.setdefault(one.name, one)
            known.uses += 1
        for one in found.values():
            yield self.diagnostic(
                module,
                one.first,
                one.last,
                message=_message(one, context),
                label="not in the oldest version admitted",
                help=cure(one, context),
                qualified_name=one.name,
            )


def _message(one: Newcomer, context: Context) -> str:
    often = f", which this file uses {one.uses} times," if one.uses > 1 else ""
    what = f"`{spelled(one.name)}`"
    if one.keyword:
        what = f"the argument `{one.keyword}` of `{spelled(one.owner)}`"
    return (
        f"{what}{often} comes with {since(one)}, and the project admits "
        f"{library_of(one.name, context)} ({context.target.origin})"
    )


def _all(module: Module, context: Context) -> Iterator[Newcomer]:
    """Every use of something that the oldest versions lack and the newest have."""
    assert context.oldest is not None
    assert context.target.floor is not None
    floor = context.target.floor.versions
    # Guards are judged for the whole range, names for its lower end.
    target = type(context.target)(context.target.newest, floor, context.target.origin)
    old = Context(context.oldest, target)
    judge, newest = Judge(module, old), judge_of(module, context)
    for number, reference in enumerate(module.references):
        one = _name(reference, judge, newest, context)
        if one is not None:
            one.order = number
            yield one
    stored = {member.attribute for member in module.members if member.store}
    for member in module.members:
        if member.attribute not in stored and member.complete and member.owners:
            yield from _member(member, judge, old, context)
    for call in module.calls:
        yield from _arguments(call, judge, old, context)


def _name(reference: Reference, judge: Judge, newest: Judge, context: Context) -> Newcomer | None:
    verdict = judge.verdict(reference)
    if verdict is None or not verdict.found.missing or newest.verdict(reference) is not None:
        return None
    if judge.silenced(reference) or newest.silenced(reference):
        return None
    missing = verdict.missing
    if context.api.find(missing).exists is not True:
        how = "import" if reference.kind in ("import", "star") else "from"
        if context.api.find(missing, how).exists is not True:
            return None
    return _newcomer(missing, missing, "", context, *verdict.nodes())


def _member(member: Member, judge: Judge, old: Context, context: Context) -> Iterator[Newcomer]:
    for owner in member.owners:
        if owner.partition(".")[0] not in ROOTS or is_private(owner):
            return
        if member.attribute not in old.api.lost(owner):
            return
        if member.attribute not in (context.api.members(owner) or ()):
            return
    if silenced(member.guards, ATTRIBUTE, old, judge.fails):
        return
    owner = member.owners[0]
    name = f"{owner}.{member.attribute}"
    found = _newcomer(name, owner, "", context, member.node, member.node)
    if found is not None:
        found.order = 1 << 30
        yield found


def _arguments(call: Call, judge: Judge, old: Context, context: Context) -> Iterator[Newcomer]:
    if not call.keywords or call.double_star:
        return
    names = callees(call, judge, old)
    if not names or silenced(call.callee.guards, ANY, old, judge.fails):
        return
    for keyword, node, _ in call.keywords:
        if all(refuses(name, keyword, old.api) for name in names) and all(
            _accepts(name, keyword, context.api) for name in names
        ):
            name = f"{names[0]}({keyword}=)"
            found = _newcomer(name, names[0], keyword, context, node, node)
            if found is not None:
                found.order = 1 << 30
                yield found


def _accepts(name: str, keyword: str, api: Api) -> bool:
    """Whether the callable lists the keyword; what takes anything is not known to accept it."""
    signature = api.signature(name)
    return signature is not None and any(
        parameter.name == keyword and parameter.kind in ("positional", "keyword")
        for parameter in signature.parameters
    )


def _newcomer(
    name: str, owner: str, keyword: str, context: Context, first: object, last: object
) -> Newcomer | None:
    """What is to be said; None if the library that decides is not bounded, or nothing is new."""
    assert context.oldest is not None
    assert context.target.floor is not None
    axis = axis_of(owner, context)
    if axis not in context.target.floor.axes:
        return None
    history = (
        context.oldest.signature_history(owner, keyword)
        if keyword
        else context.oldest.history(name) or context.api.history(name)
    )
    if history is None:
        return None
    floor = getattr(context.target.floor.versions, axis)
    own = history.axis.replace("-", "_") == axis
    for begin, _ in history.intervals:
        if not own or floor is None or version_key(begin) > version_key(floor):
            return Newcomer(name, owner, keyword, axis, history.axis, begin, first, last)
    return None
