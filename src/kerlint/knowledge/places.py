"""Where else the target has a name with the same last component. Used in messages only."""

from __future__ import annotations

from kerlint.knowledge.codes import MODULE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.knowledge.api import Api

PRIVATE = frozenset({"src", "api", "python", "contrib"})
FUNCTION = "f"
LESSER = ("legacy", "experimental", "compat", "raw_ops")
"""Name spaces that are offered only after all others."""


def elsewhere(api: Api, name: str) -> tuple[str, ...]:
    """Public names of the target with the same leaf; modules for a module alone."""
    leaf = name.rpartition(".")[2]
    history = api.history(name)
    found: dict[str, tuple[object, ...]] = {}
    for spelled, mount in api.mounts().items():
        parts = spelled.split(".")
        if _private(parts) or mount.names is None or parts.count("compat") > 1:
            continue
        stored = mount.stored
        for container in _containers(mount.names.file.text, leaf):
            if container != stored and not container.startswith(stored + "."):
                continue
            full = f"{spelled}{container[len(stored) :]}.{leaf}"
            if f"{name}.".startswith(f"{full}.") or full in found or _private(full.split(".")):
                continue
            answer = api.find(full)
            state = mount.names.children(container).get(leaf, "")
            if not state or not answer.exists:
                continue
            if history is not None and (history.kind == "module") != (state in MODULE):
                continue
            if state == FUNCTION and _is_another(api, name, full):
                continue
            found[full] = _rank(name, full, answer.reachable)
    return tuple(sorted(found, key=lambda full: (found[full], full)))


def _is_another(api: Api, name: str, full: str) -> bool:
    """Whether the function that is found demands an argument that what is gone did not take.

    So `tf.nn.conv2d`, which wants the filters as a tensor, is not offered for `tf.layers.conv2d`.
    """
    old, new = api.last_signature(name), api.signature(full)
    if old is None or new is None or old.open:
        return False
    if any(one.kind.startswith("var-") for one in old.parameters):
        return False
    taken = {one.name for one in old.parameters}
    return any(one.required and one.name not in taken for one in new.parameters)


def _private(parts: list[str]) -> bool:
    return any(part in PRIVATE or part.startswith("_") for part in parts)


def _containers(text: str, leaf: str) -> list[str]:
    """The containers of a names file whose line holds the leaf."""
    result: list[str] = []
    at = 0
    while True:
        at = text.find(leaf, at)
        if at < 0:
            return result
        end = at + len(leaf)
        if text[at - 1] == " " and (end == len(text) or text[end] in " \t\n"):
            start = text.rfind("\n", 0, at) + 1
            result.append(text[start : text.index("\t", start)])
        at = end


def _rank(name: str, full: str, reachable: bool) -> tuple[object, ...]:
    """Small is good: same root, a place with much in common, a short name."""
    old, new = name.split("."), full.split(".")
    same_root = _root(name) == _root(full)
    common = len(set(old[1:-1]) & set(new[1:-1]))
    lesser = any(part in LESSER for part in new if part not in old)
    return (lesser, not same_root, not reachable, -common, len(new))


def _root(name: str) -> str:
    return "tensorflow.keras" if name.startswith("tensorflow.keras") else name.split(".")[0]
