"""KER305."""

from __future__ import annotations

from kerlint.knowledge.replacements import stub
from kerlint.rules._guards import ANY, silenced
from kerlint.rules._private import is_private
from kerlint.rules.api._given_models import calls as given
from kerlint.rules.api._partial import prefilled
from kerlint.rules.api._receivers import as_member, lost_keywords, models_of
from kerlint.rules.api._verdicts import ROOTS, judge_of
from kerlint.rules.api._wording import axis_version, fate, spelled, target_of
from kerlint.rules.base import Rule, Trigger
from kerlint.source.facts import Reference

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from kerlint.diagnostics import Diagnostic
    from kerlint.knowledge.api import Api
    from kerlint.rules.api._verdicts import Judge
    from kerlint.rules.base import Context
    from kerlint.source.facts import Call, Module

    Keyword = tuple[str, Any, Any]


class MissingArgument(Rule):
    """Passing a keyword that the target's callable does not accept.

    ## What it does
    Finds keywords of constructors, functions and methods of Keras and TensorFlow that the target's
    release refuses: spellings of Keras 1 (`nb_epoch`, `border_mode`, `init`), arguments that went
    later (`lr`, `workers`, `batch_input_shape`), and arguments that never existed. Only calls
    whose callee is certain are looked at, `functools.partial(Dense, init="normal")` included, and
    only callees that list all that they accept. Models whose methods are called are followed as by
    [KER306](missing-method.md).

    ## Why is this bad?
    The call raises `TypeError` or `ValueError`.

    ## Example
    ```python
    from keras.optimizers import Adam

    optimizer = Adam(lr=0.001)
    ```

    ## Use instead
    ```python
    from keras.optimizers import Adam

    optimizer = Adam(learning_rate=0.001)
    ```

    ## References
    - [Keras 3 migration guide](https://keras.io/guides/migrating_to_keras_3/)
    """

    code = "KER305"
    name = "missing-argument"
    by_target = "newest"
    trigger = Trigger(arguments=True)
    errors = (
        "ValueError: Argument(s) not recognized: {'lr': 0.001}",
        "ValueError: Unrecognized keyword arguments passed to Dense",
        "TypeError: TensorFlowTrainer.fit() got an unexpected keyword argument 'nb_epoch'",
    )

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """One finding for each keyword that the callee refuses."""
        judge = judge_of(module, context)
        known: set[int] = set()
        for call in (*module.calls, *given(module, context)):
            if not call.keywords or id(call.node) in known:
                continue
            names = callees(call, judge, context) or prefilled(call, context)
            keywords: Sequence[Keyword] = call.keywords
            if not names and not call.double_star:
                names, keywords = of_models(call, module, context)
            if not names or silenced(call.callee.guards, ANY, context, judge.fails):
                continue
            known.add(id(call.node))
            for keyword, node, _ in keywords:
                if all(refuses(name, keyword, context.api) for name in names):
                    yield self._found(module, context, names[0], keyword, node)

    def _found(
        self, module: Module, context: Context, name: str, keyword: str, node: object
    ) -> Diagnostic:
        from kerlint.knowledge.replacements import argument_replacement

        history = context.api.signature_history(name, keyword)
        became = (
            "no release has it"
            if history is None
            else fate(history, axis_version(history, context))
        )
        row = argument_replacement(name, keyword)
        return self.diagnostic(
            module,
            node,
            message=f"`{spelled(name)}` of {target_of(name, context)} does not accept "
            f"`{keyword}`: {became}",
            label="not accepted",
            help=row or _near(name, keyword, context.api),
            qualified_name=name,
        )


def callees(call: Call, judge: Judge, context: Context) -> list[str]:
    """The full names that the call may reach; [] unless all are certain and exist."""
    callee = call.callee
    if not callee.complete:
        return []
    if isinstance(callee, Reference):
        names = [candidate.name for candidate in callee.candidates]
        if judge.verdict(callee) is not None:
            return []
    else:
        names = [f"{owner}.{callee.attribute}" for owner in callee.owners]
        if any(context.api.kind(owner) == "function" for owner in callee.owners):
            return []
    versions, legacy = context.target.newest, context.api.legacy
    for name in names:
        if name.partition(".")[0] not in ROOTS or is_private(name):
            return []
        if stub(name, versions, legacy) is not None:
            return []  # the use of the name is the fault
    return names


def of_models(call: Call, module: Module, context: Context) -> tuple[list[str], Sequence[Keyword]]:
    """The same of a model whose class is not told beside the call, and keywords that it once took.

    Other keywords are left alone, for a class that derives from it may take them.
    """
    callee = as_member(call.callee)
    lost = lost_keywords(callee.attribute, module, context)
    keywords = [keyword for keyword in call.keywords if keyword[0] in lost]
    models = models_of(callee, module, context) if keywords else None
    if models is None or models.have_own(callee, module, context):
        return [], ()
    return [f"{owner}.{callee.attribute}" for owner in models.classes], keywords


def refuses(name: str, keyword: str, api: Api) -> bool:
    """Whether the callable certainly does not accept the keyword."""
    signature = api.signature(name)
    if signature is None or signature.open:
        return False
    return not any(
        parameter.name == keyword and parameter.kind in ("positional", "keyword")
        for parameter in signature.parameters
    )


def _near(name: str, keyword: str, api: Api) -> str:
    from kerlint.knowledge.spelling import closest

    signature = api.signature(name)
    known = frozenset(parameter.name for parameter in signature.parameters) if signature else ()
    near = closest(keyword, known)
    return f"did you mean `{near}`?" if near else "drop the argument"
