"""`dataset.map(f).make_one_shot_iterator()`: what is asked of a dataset of `tf.data`."""

from __future__ import annotations

from kerlint.knowledge.datasets import DATASET, TRANSFORMATIONS, makes_dataset
from kerlint.source.values import ASKED, FIELD, NONE, RESULT, RETURNED, join_all

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.rules.base import Context
    from kerlint.source.facts import Member
    from kerlint.source.values import Value

_DEEPEST = 60


def dataset_lacks(member: Member, context: Context) -> str:
    """The class of datasets, if it is one that is asked for what the class has lost; else ""."""
    if not member.value or member.attribute not in context.api.lost(DATASET):
        return ""
    return DATASET if _is_dataset(member.value) else ""


def _is_dataset(value: Value, depth: int = 0) -> bool:
    """Whether the value can be nothing but a dataset."""
    atoms = [atom for atom in value if atom[0] != NONE]
    if depth > _DEEPEST:
        return False
    for atom in atoms:
        tag = atom[0]
        if tag == RESULT:
            known = makes_dataset(atom[1])
        elif tag == ASKED:
            known = atom[2] in TRANSFORMATIONS and _is_dataset((atom[1],), depth + 1)
        elif tag == RETURNED:
            known = _is_dataset(join_all(atom[1].returns), depth + 1)
        elif tag == FIELD:
            known = _is_dataset(atom[1].own(atom[2]) or (), depth + 1)
        else:
            known = False
        if not known:
            return False
    return bool(atoms)
