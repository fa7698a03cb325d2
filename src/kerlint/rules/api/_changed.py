"""The shapes of code whose meaning has changed; which releases that concerns is in the table."""

from __future__ import annotations

from kerlint.rules.api import _metrics_names
from kerlint.rules.api._models import argument, below, is_model, may_be_own, plain_name, texts_of
from kerlint.source.expressions import literal_text
from kerlint.source.facts import Reference
from kerlint.source.literals import children
from kerlint.source.tree import kind_of, present
from kerlint.source.values import RESULT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kerlint.rules.base import Context
    from kerlint.source.facts import Call, Guard, Module

_CONVOLUTIONS = frozenset(["layers.Conv2D", "layers.Convolution2D"])
_KERNELS = frozenset(["3", "5", "7", "9", "11"])
"""Kernels that Keras 1 code was full of. `Conv2D(n, 2, 2)` and `(n, 4, 4)` are patches of today."""

_KEYS = {"acc": "accuracy", "val_acc": "val_accuracy"}
_WATCHERS = {
    "callbacks.EarlyStopping": 0,
    "callbacks.ReduceLROnPlateau": 0,
    "callbacks.ModelCheckpoint": 1,
}
_SCHEDULES = ("callbacks.LearningRateScheduler", "callbacks.ReduceLROnPlateau")


class Shape:
    """One place in the code. `words` fill in the sentences of the table."""

    __slots__ = ("guards", "node", "program", "root", "words")

    def __init__(
        self, program: str, root: str, node: Any, guards: tuple[Guard, ...], **words: str
    ) -> None:
        self.program = program
        self.root = root
        self.node = node
        self.guards = guards
        self.words = words


def shapes(module: Module, context: Context) -> Iterator[Shape]:
    """Every place of one of the shapes."""
    named = [(call, *plain_name(call, module, context)) for call in module.calls]
    accuracy = _accuracy_is_the_metric(named)
    for call, name, root in named:
        if name and not call.double_star:
            for shape in _of_call(call, name, root, accuracy, module, context):
                if not may_be_own(call, module, context):
                    yield shape
    yield from _of_members(module, context)
    for member, root in _metrics_names.asked(module, context):
        yield Shape("metrics_names", root, member.node, member.guards)
    yield from _variables(module, context)
    yield from _shared(named, module, context)
    yield from _history(named, accuracy, module, context)


def _of_call(
    call: Call, name: str, root: str, accuracy: str, module: Module, context: Context
) -> Iterator[Shape]:
    keywords = {keyword: (node, value) for keyword, node, value in call.keywords}
    guards = call.callee.guards
    folder, _, leaf = name.rpartition(".")
    if folder == "optimizers" and "decay" in keywords:
        node, value = keywords["decay"]
        if not _is(value, "0", "0.0", "0.", "None"):
            yield Shape("decay", root, node, guards, name=leaf)
    elif name in _CONVOLUTIONS:
        size = _keras_1_kernel(call)
        if size:
            node = call.callee.parts[-1] if isinstance(call.callee, Reference) else None
            if node is not None:
                yield Shape("conv_positional", root, node, guards, name=leaf, size=size)
    elif name == "Model.save" and "include_optimizer" in keywords:
        path = argument(call, 0, "filepath")
        ending = None if path is None else texts_of(module, context).ending(path, call.node)
        node, value = keywords["include_optimizer"]
        if ending is not None and ending.text.endswith(".keras") and _is(value, "False"):
            yield Shape("include_optimizer", root, node, guards)
    elif name == "Model.export" and "format" in keywords:
        node, value = keywords["format"]
        if literal_text(value) not in (None, "tf_saved_model"):
            yield Shape("export_format", root, node, guards)
    elif name == "callbacks.EarlyStopping" and "restore_best_weights" in keywords:
        node, value = keywords["restore_best_weights"]
        if _is(value, "True"):
            yield Shape("restore_best_weights", root, node, guards)
    if name == "callbacks.ReduceLROnPlateau" and "epsilon" in keywords:
        yield Shape("plateau_epsilon", root, keywords["epsilon"][0], guards)
    if name in _WATCHERS and accuracy == root:
        watched = argument(call, _WATCHERS[name], "monitor")
        key = None if watched is None else literal_text(watched)
        if key in _KEYS:
            node = keywords["monitor"][0] if "monitor" in keywords else _name_of(call)
            yield Shape("monitor_acc", root, node, guards, key=key or "", new=_KEYS[key or ""])
    if folder == "layers":
        for keyword in ("activation", "recurrent_activation"):
            if keyword in keywords and literal_text(keywords[keyword][1]) == "hard_sigmoid":
                yield Shape("hard_sigmoid", root, keywords[keyword][0], guards)


def _name_of(call: Call) -> Any:
    callee = call.callee
    return callee.parts[-1] if isinstance(callee, Reference) else callee.node


def _is(node: Any, *written: str) -> bool:
    return kind_of(node) in ("Integer", "Float", "Name") and node.value in written


def _keras_1_kernel(call: Call) -> str:
    """The size in `Conv2D(filters, size, size)`, as Keras 1 had it; "" for other calls."""
    if call.positional != 3 or call.star or any(key == "strides" for key, _, _ in call.keywords):
        return ""
    filters, rows, columns = (one.value for one in call.node.args[:3])
    sizes = {node.value for node in (rows, columns) if kind_of(node) == "Integer"}
    both = kind_of(rows) == kind_of(columns) == "Integer" and len(sizes) == 1
    return sizes.pop() if both and sizes <= _KERNELS and present(filters) else ""


def _accuracy_is_the_metric(named: list[tuple[Call, str, str]]) -> str:
    """The root of the models that are compiled with "accuracy" and never with "acc"; or ""."""
    root = ""
    for call, name, of in named:
        if not name.endswith("Model.compile"):
            continue
        metrics = argument(call, 2, "metrics")
        if metrics is None:
            continue
        if kind_of(metrics) not in ("List", "Tuple"):
            return ""
        texts = [literal_text(one.value) for one in metrics.elements]
        if "acc" in texts:
            return ""
        if "accuracy" in texts:
            root = of
    return root


def _of_members(module: Module, context: Context) -> Iterator[Shape]:
    optimizers: dict[int, tuple[str, tuple[Guard, ...]]] = {}
    for member in module.members:
        if not member.complete or not member.owners:
            continue
        root = {below(owner)[1] for owner in member.owners}
        if len(root) != 1 or not min(root):
            continue
        if member.attribute == "lr" and member.store:
            if all(_is_optimizer(owner, context) for owner in member.owners):
                yield Shape("optimizer_lr", min(root), member.node, member.guards)
        elif (
            member.attribute in ("optimizer", "model")
            and not member.store
            and all(_holds(owner, member.attribute, context) for owner in member.owners)
        ):
            optimizers[id(member.node)] = min(root), member.guards
    if optimizers:
        for target, _ in _stored(module.tree):
            holder = target.value
            if target.attr.value != "lr":
                continue
            if kind_of(holder) == "Attribute" and holder.attr.value == "optimizer":
                known = optimizers.get(id(holder.attr)) or optimizers.get(
                    id(getattr(holder.value, "attr", None))
                )
                if known is not None:
                    yield Shape("optimizer_lr", known[0], target.attr, known[1])


def _is_optimizer(owner: str, context: Context) -> bool:
    members = context.api.members(owner) if context.api.kind(owner) == "class" else None
    return members is not None and {"learning_rate", "apply_gradients"} <= members


def _holds(owner: str, attribute: str, context: Context) -> bool:
    if attribute == "optimizer":
        return is_model(owner, context)
    return below(owner)[0].startswith("callbacks.")


def _stored(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every attribute that is assigned, and the expression."""
    stack = [tree]
    while stack:
        node = stack.pop()
        if kind_of(node) == "Assign":
            for one in node.targets:
                if kind_of(one.target) == "Attribute":
                    yield one.target, node.value
        stack.extend(children(node))


def _variables(module: Module, context: Context) -> Iterator[Shape]:
    stores = [one for one in module.stores if one.value == ((RESULT, "tensorflow.Variable"),)]
    if not stores:
        return
    values = {id(target.attr): value for target, value in _stored(module.tree)}
    for store in stores:
        owners = store.owner.foreign() or ()
        roots = {below(owner)[1] for owner in owners}
        value = values.get(id(store.node))
        if len(roots) != 1 or not min(roots) or value is None or _counts_only(value):
            continue
        if all(_has_weights(owner, context) for owner in owners):
            yield Shape("untracked_variable", min(roots), store.node, store.guards)


def _has_weights(owner: str, context: Context) -> bool:
    members = context.api.members(owner) if context.api.kind(owner) == "class" else None
    return members is not None and "add_weight" in members


def _counts_only(call: Any) -> bool:
    """Whether a variable is not to be trained, or may not be."""
    return any(
        one.star or (present(one.keyword) and one.keyword.value == "trainable")
        for one in call.args or ()
    )


def _shared(
    named: list[tuple[Call, str, str]], module: Module, context: Context
) -> Iterator[Shape]:
    seen: dict[int, int] = {}
    made = {id(call.node): name for call, name, _ in named if name.startswith("initializers.")}
    for call, name, root in named:
        if not made or not name.startswith("layers."):
            continue
        for keyword, node, value in call.keywords:
            if not keyword.endswith("_initializer") or kind_of(value) != "Name":
                continue
            bound = texts_of(module, context).bound(value, call.node)
            if bound is None or not made.get(id(bound), "").startswith("initializers."):
                continue
            leaf = made[id(bound)].rpartition(".")[2]
            if not leaf.startswith(_RANDOM) or _seeded(bound):
                continue
            seen[id(bound)] = seen.get(id(bound), 0) + 1
            if seen[id(bound)] == 2:  # said once, at the second use
                guards = call.callee.guards
                yield Shape("shared_initializer", root, node, guards, variable=value.value)


_RANDOM = ("Random", "Truncated", "VarianceScaling", "Glorot", "He", "Lecun", "Orthogonal")


def _seeded(node: Any) -> bool:
    """Whether the call may be given a seed."""
    return any(
        one.star or not present(one.keyword) or one.keyword.value == "seed" for one in node.args
    )


def _history(
    named: list[tuple[Call, str, str]], accuracy: str, module: Module, context: Context
) -> Iterator[Shape]:
    roots = {name: root for _, name, root in named}
    schedule = next((roots[name] for name in _SCHEDULES if name in roots), "")
    if not (accuracy or schedule) or "history" not in module.text:
        return
    fits = {id(call.node) for call, name, _ in named if name == "Model.fit"}
    texts = texts_of(module, context)
    stack = [module.tree]
    while stack:
        node = stack.pop()
        stack.extend(children(node))
        if kind_of(node) != "Subscript" or len(node.slice) != 1:
            continue
        holder = node.value
        if kind_of(holder) != "Attribute" or holder.attr.value != "history":
            continue
        key = literal_text(getattr(node.slice[0].slice, "value", None))
        made = holder.value
        if kind_of(made) == "Name":
            made = texts.bound_anywhere(made.value)
        if id(made) not in fits:
            continue
        if key in _KEYS and accuracy:
            new = _KEYS[key or ""]
            yield Shape("history_acc", accuracy, holder.attr, (), key=key or "", new=new)
        elif key == "lr" and schedule:
            yield Shape("history_lr", schedule, holder.attr, ())
