"""What other releases have and the target does not: members of a class, names of a module."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.knowledge.api import Api

_NOTHING: frozenset[str] = frozenset()

_FUNCTIONAL = frozenset(
    [
        "input_shape",
        "inputs",
        "operations",
        "output_names",
        "output_shape",
        "outputs",
    ]
)
"""What `Model(inputs, outputs)` has beyond `Model`: its constructor returns another class.

Source: https://github.com/keras-team/keras/blob/v3.15.1/keras/src/models/functional.py
"""

_OF_MODELS = frozenset(
    {
        "_make_predict_function",
        "_make_test_function",
        "_make_train_function",
        "_standardize_user_data",
    }
)
_PRIVATE = _OF_MODELS | frozenset(
    {
        "_build_index_dict",
        "_build_learning_rate",
        "_collected_trainable_weights",
        "_compute_current_learning_rate",
        "_create_hypers",
        "_create_slots",
        "_decayed_lr",
        "_feed_input_names",
        "_feed_input_shapes",
        "_feed_inputs",
        "_function_kwargs",
        "_get_hyper",
        "_get_trainable_state",
        "_index_dict",
        "_init_graph_network",
        "_input_layers",
        "_is_compiled",
        "_is_graph_network",
        "_network_nodes",
        "_output_layers",
        "_resource_apply_dense",
        "_resource_apply_sparse",
        "_run_internal_graph",
        "_set_hyper",
        "_set_inputs",
        "_set_trainable_state",
        "_undeduplicated_weights",
        "_updated_config",
    }
)
"""Private members that programs use, and that were looked for in vain in objects of Keras 3.0.5,
3.3.3, 3.6.0 and 3.15.1. Of other private members the inventory may not know where they are.

`_OF_MODELS`: methods that only models had.
Source: https://github.com/keras-team/keras/blob/2.3.1/keras/engine/training.py
"""


def lost(api: Api, name: str) -> frozenset[str]:
    """Members of the class `name` in any release, less those at the target.

    Empty unless the target's class is known in full.
    """
    now = api.members(name)
    if now is None:
        return _NOTHING
    ever: set[str] = set()
    for file, entity, _, _ in api.entities(name):
        ever |= file.members_ever(entity)
    if name.endswith(".Model"):
        ever -= _FUNCTIONAL
    return frozenset(
        member for member in ever - now if not member.startswith("_") or member in _PRIVATE
    )


def taken_away(api: Api, name: str) -> frozenset[str]:
    """Members of the class that a release before the target had, and the target does not have."""
    return frozenset(member for member in api.lost(name) if _was_there(api, name, member))


def _was_there(api: Api, name: str, member: str) -> bool:
    from kerlint.knowledge.releases import version_key, version_on

    history = api.member_history(name, member)
    if history is None or not history.intervals:
        return False
    now = version_on(history.axis, api.versions)
    return now is None or version_key(history.intervals[0][0]) < version_key(now)


def methods_of_models(api: Api, root: str) -> frozenset[str]:
    """The methods that some release gave the models below `root`, and none gave their layers.

    They are asked of models and of little else, so they tell what a value may be.
    """
    layers: set[str] = set()
    for file, entity, _, _ in api.entities(f"{root}.layers.Layer"):
        layers |= file.members_ever(entity)
    return (api.methods(f"{root}.Model") | api.methods(f"{root}.Sequential") | _OF_MODELS) - layers


def lost_by_models(api: Api, root: str) -> frozenset[str]:
    """Those of these methods that a class of models does not have at the target."""
    lost = api.lost(f"{root}.Model") | api.lost(f"{root}.Sequential")
    return api.methods_of_models(root) & lost


def keywords_lost(api: Api, owner: str, method: str) -> frozenset[str]:
    """Keywords that the method of a class took in any release, and the target refuses."""
    signature = api.signature(f"{owner}.{method}")
    if signature is None or signature.open:
        return _NOTHING
    taken = {
        parameter.name
        for parameter in signature.parameters
        if parameter.kind in ("positional", "keyword")
    }
    ever: set[str] = set()
    for file, entity, _, _ in api.entities(owner):
        ever |= file.keywords_ever(entity, method)
    return frozenset(ever - taken)


def gone(api: Api, container: str) -> frozenset[str]:
    """Names that `container` had in any release, less those at the target."""
    ever: set[str] = set()
    for mount, stored in api.answering(f"{container}.any"):
        names = mount.names
        line = names.file.lines.get(stored.rpartition(".")[0]) if names is not None else None
        for group in line.split("\t")[1:] if line is not None else ():
            ever.update(group.split(" ")[1:])
    return frozenset(ever - api.names(container))
