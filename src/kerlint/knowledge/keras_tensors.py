"""Which functions of TensorFlow refuse the symbolic tensors of Keras 3.

The table is `data/keras_tensors.tsv`, written by `tools.keras_tensors`, which gave a KerasTensor to
every public function in real environments. Columns:

function    its name below `tensorflow`
parameters  those that refuse: `0:input:ValueError` is the first one, called `input`, with the
            error that it raises; `*0::ValueError` are the arguments after the named ones
"""

from __future__ import annotations

import os

_TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", "keras_tensors.tsv")
_OTHER_PLACES = ("tensorflow.compat.v2.", "tensorflow._api.v2.")


class Refusal:
    """A parameter that refuses a symbolic tensor.

    `position`  among the arguments, from 0
    `name`      "": the arguments from that position on
    `error`     the class of what is raised
    """

    __slots__ = ("error", "name", "position")

    def __init__(self, text: str) -> None:
        position, self.name, self.error = text.split(":")
        self.position = int(position.lstrip("*"))

    def takes(self, position: int, keyword: str) -> bool:
        """Whether the argument at that position, or with that keyword, is meant."""
        if keyword:
            return keyword == self.name
        return position == self.position if self.name else position >= self.position


_functions: dict[str, str] = {}


def functions() -> dict[str, str]:
    """The refusing parameters of each function, as the table spells them, by its full name."""
    if not _functions:
        with open(_TABLE, encoding="utf-8") as file:
            lines = [line.rstrip("\n") for line in file if not line.startswith("#")]
        for line in lines[1:]:
            name, _, parameters = line.partition("\t")
            _functions[f"tensorflow.{name}"] = parameters
    return _functions


def refusing(name: str) -> tuple[Refusal, ...]:
    """The parameters of the function called `name` that refuse such a tensor; () for others."""
    if not name.startswith("tensorflow."):
        return ()
    for place in _OTHER_PLACES:
        if name.startswith(place):
            name = f"tensorflow.{name[len(place) :]}"
    return tuple(map(Refusal, functions().get(name, "").split()))


ATTRIBUTES = {
    "_keras_shape": "`shape` is a tuple",
    "consumers": "",
    "eval": "a model has to run before there are values",
    "experimental_ref": "",
    "get_shape": "`shape` is a tuple",
    "graph": "",
    "numpy": "a model has to run before there are values",
    "op": "",
    "ref": "",
    "set_shape": "`keras.ops.reshape` or `keras.layers.Reshape` give a shape",
    "type_spec": "`shape` and `dtype` tell the same",
    "value_index": "",
}
"""What tensors of TensorFlow or of Keras 2 have and a KerasTensor has not, with what to use instead.

Seen with Keras 3.0.5 and 3.15.1, `KerasTensor` in
https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/common/keras_tensor.py
"""

SHAPE_ATTRIBUTES = {
    "as_list": "`list(x.shape)`",
    "assert_has_rank": "`len(x.shape)`",
    "dims": "`x.shape`",
    "is_fully_defined": "`None not in x.shape`",
    "ndims": "`len(x.shape)`",
    "num_elements": "`math.prod(x.shape)`",
    "rank": "`len(x.shape)`",
    "with_rank": "`len(x.shape)`",
}
"""What a TensorShape has and a tuple has not, and what says the same."""

_RENAMED = {
    "clip_by_value": "clip",
    "concat": "concatenate",
    "gather": "take",
    "multiply_no_nan": "multiply",
    "range": "arange",
}
"""Functions that `keras.ops` has under another name, with the arguments in the same order."""


def operations(name: str) -> tuple[str, ...]:
    """How the function called `name` may be called below `keras.ops`, the likeliest first."""
    leaf = name.rpartition(".")[2]
    found = [_RENAMED[leaf]] if leaf in _RENAMED else []
    if ".image." in name:
        found.append(f"image.{leaf}")
    found.append(leaf)
    if leaf.startswith("reduce_"):
        found.append(leaf.removeprefix("reduce_"))
    return tuple(found)
