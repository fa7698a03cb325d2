"""KER306."""

from __future__ import annotations

from kerlint.knowledge.datasets import DATASET
from kerlint.rules._guards import ATTRIBUTE, silenced
from kerlint.rules._private import is_private
from kerlint.rules.api._datasets import dataset_lacks
from kerlint.rules.api._given_models import members as given
from kerlint.rules.api._layers import layers_lack
from kerlint.rules.api._optimizers import asked_of_optimizers
from kerlint.rules.api._receivers import as_member, lacking, roots
from kerlint.rules.api._verdicts import MEMBER, ROOTS, judge_of, of_kind
from kerlint.rules.api._wording import axis_version, fate, spelled, target_of
from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.rules.base import Context
    from kerlint.source.facts import Member, Module


class MissingMethod(Rule):
    """Using a method or attribute that the target's class does not have.

    ## What it does
    Finds methods and attributes that the classes of an earlier or a later Keras have and the
    target's do not, where the class of the value is evident: assigned once from a constructor,
    kept in `self.x`, or inherited by an own subclass. Models are followed further: through what
    functions, methods and own modules return, lists, copies, `load_model` and its like, annotations
    of parameters and results, and into functions that are given one by every call in the file;
    where one may be of several classes, all must lack the method. So are the optimizers of models
    (`model.optimizer.lr`), their layers (in loops over `model.layers`) and what the methods of a
    `tf.data.Dataset` return. An attribute that no release ever had is left alone, since programs
    put attributes of their own on Keras objects, and so is a method that the project itself puts on
    a model.

    ## Why is this bad?
    The code raises `AttributeError`, often only after the training.

    ## Example
    ```python
    import keras

    model = keras.Sequential([keras.layers.Dense(1)])
    classes = model.predict_classes([[0.0]])
    ```

    ## Use instead
    ```python
    import keras

    model = keras.Sequential([keras.layers.Dense(1)])
    classes = model.predict([[0.0]]).argmax(axis=-1)
    ```

    ## References
    - [keras-team/keras#15838](https://github.com/keras-team/keras/issues/15838)
    """

    code = "KER306"
    name = "missing-method"
    by_target = "newest"
    trigger = Trigger(members=True)
    errors = (
        "AttributeError: 'Sequential' object has no attribute 'predict_classes'",
        "AttributeError: 'Sequential' object has no attribute 'fit_generator'",
        "AttributeError: 'Dense' object has no attribute 'input_shape'",
        "AttributeError: 'Adam' object has no attribute 'lr'",
        "AttributeError: 'InputLayer' object has no attribute 'output_shape'",
        "AttributeError: '_BatchDataset' object has no attribute 'make_one_shot_iterator'",
    )

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """One finding for each attribute that all possible classes lack."""
        judge = judge_of(module, context)
        stored = {member.attribute for member in module.members if member.store}
        for verdict in of_kind(MEMBER, module, context):
            owner, _, attribute = verdict.missing.rpartition(".")
            if not _can_be(owner, context):
                continue
            if attribute not in lost(owner, context):
                continue  # no release ever had it: the project may set it somewhere else
            first, last = verdict.nodes()
            yield self._found(module, context, (owner,), attribute, first, last)
        lost_by_others = context.api.lost(DATASET).union(
            *(context.api.taken_away(f"{root}.layers.Layer") for root in roots(module, context))
        )
        known: set[int] = set()
        for member in (
            *module.members,
            *map(as_member, module.references),
            *given(module, context),
        ):
            if member.attribute in stored or id(member.node) in known:
                continue
            owners = self._missing(member, context) or lacking(member, module, context)
            if not owners and member.attribute in lost_by_others:
                owner = dataset_lacks(member, context) or layers_lack(member, module, context)
                owners = (owner,) if owner else ()
            if owners and not silenced(member.guards, ATTRIBUTE, context, judge.fails):
                known.add(id(member.node))
                yield self._found(
                    module, context, owners, member.attribute, member.node, member.node
                )
        for member, owner, node in asked_of_optimizers(module, context):
            if not silenced(member.guards, ATTRIBUTE, context, judge.fails):
                yield self._found(module, context, (owner,), node.value, node, node)

    def _missing(self, member: Member, context: Context) -> tuple[str, ...]:
        """The classes that lack the member: all that the object may be of, if it can be any."""
        known = member.complete and all(
            owner.partition(".")[0] in ROOTS
            and not is_private(owner)
            and member.attribute in lost(owner, context)
            for owner in member.owners
        )
        return tuple(one for one in member.owners if _can_be(one, context)) if known else ()

    def _found(
        self,
        module: Module,
        context: Context,
        owners: tuple[str, ...],
        attribute: str,
        first: object,
        last: object,
    ) -> Diagnostic:
        from kerlint.knowledge.replacements import member_replacement

        owner = owners[0]
        history = context.api.member_history(owner, attribute)
        return self.diagnostic(
            module,
            first,
            last,
            message=f"`{spelled(owner)}` of {target_of(owner, context)} has no `{attribute}`: "
            f"{fate(history, axis_version(history, context))}",
            label="no such attribute",
            help=member_replacement(attribute, owner) or "",
            qualified_name=f"{owner}.{attribute}",
        )


def _can_be(owner: str, context: Context) -> bool:
    """Whether the target has objects of that class; where none can be made, KER304 says so."""
    from kerlint.knowledge.replacements import stub

    return stub(owner, context.target.newest, context.api.legacy) is None


def lost(owner: str, context: Context) -> frozenset[str]:
    """Members that the class had in another release and does not have at the target."""
    found: frozenset[str] = context.api.lost(owner)
    return found
