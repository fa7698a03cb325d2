"""Gives a KerasTensor to every function of TensorFlow, in the interpreter that runs this file.

    python child.py [NAME ...]

writes a line with the versions to standard output, then for each public function but the given
ones its name below `tensorflow`, a tab, and its parameters that refuse such a tensor
(`0:input:ValueError`: the first one, called `input`, with that error; `*0::ValueError`: the
arguments after the named ones). A parameter refuses it if TensorFlow says so in the words of Keras,
or if the same call succeeds with a tensor of TensorFlow. A function that brings the whole process
down is the one whose line was begun and not ended; what was found of it until then counts.
"""

from __future__ import annotations

import inspect
import os
import sys
import types
import warnings
from functools import partial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

MODULES = (
    "",
    "audio",
    "bitwise",
    "debugging",
    "image",
    "io",
    "keras.backend",
    "linalg",
    "math",
    "nn",
    "quantization",
    "ragged",
    "random",
    "sets",
    "signal",
    "sparse",
    "strings",
)
REFUSAL = "A KerasTensor"
"""How the error begins, see `__tf_tensor__` in keras/src/backend/common/keras_tensor.py."""

ONES = [1, 1, 1, 1]


def fillers(tensorflow: Any) -> list[Any]:
    """What is tried for the other parameters that have to be given."""
    return [
        tensorflow.ones((1, 1, 3, 3)),
        0,
        1,
        [1],
        [0, 1],
        "float32",
        tensorflow.constant([1.0]),
        (3, 3),
        "a",
        tensorflow.float32,
        2.0,
        "SAME",
    ]


FITTING = {
    "fn": lambda item: item,
    "ksize": ONES,
    "padding": "SAME",
    "rates": ONES,
    "sizes": ONES,
    "strides": ONES,
}
"""What parameters of these names have to look like before the tensor is looked at."""


def functions(tensorflow: Any) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function with its name below `tensorflow`."""
    for module in MODULES:
        holder = tensorflow
        for part in filter(None, module.split(".")):
            holder = getattr(holder, part)
        for name in sorted(dir(holder)):
            value = getattr(holder, name)
            if name.startswith("_") or isinstance(value, (type, types.ModuleType)):
                continue
            if callable(value):
                yield (f"{module}.{name}" if module else name), value


def error_of(call: Callable[[], object]) -> Exception | None:
    """What the call raises."""
    try:
        call()
    except Exception as error:
        return error
    return None


def refusal(call: Callable[[Any], object], symbolic: Any, ordinary: Any) -> str:
    """The name of the error if the call refuses a symbolic tensor, else ""."""
    error = error_of(lambda: call(symbolic))
    if error is None:
        return ""
    if REFUSAL in str(error) or error_of(lambda: call(ordinary)) is None:
        return type(error).__name__
    return ""


def refusing(function: Callable[..., Any], tensorflow: Any, tensor: Any) -> Iterator[str]:
    """The parameters that refuse the tensor, as the lines name them."""
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return
    named = [one for one in parameters if one.kind is one.POSITIONAL_OR_KEYWORD]
    ordinary = tensorflow.ones((1, 4, 4, 3))
    for index, one in enumerate(named):
        others = [
            other.name for other in named if other is not one and other.default is other.empty
        ]
        calls = [
            partial(_with_keyword, function, one.name, others, filler)
            for filler in (fillers(tensorflow) if others else [None])
        ]
        for pair in ((tensor, ordinary), ([tensor, tensor], [ordinary, ordinary])):
            error = next(filter(None, (refusal(call, *pair) for call in calls)), "")
            if error:
                yield f"{index}:{one.name}:{error}"
                break
    if any(one.kind is one.VAR_POSITIONAL for one in parameters):
        texts = ("ij->ji", "...->...", 1.0)  # the named one may be an equation
        calls = [partial(function, *[text] * len(named)) for text in texts]
        error = next(filter(None, (refusal(call, tensor, ordinary) for call in calls)), "")
        if error:
            yield f"*{len(named)}::{error}"


def _with_keyword(
    function: Callable[..., Any], name: str, others: list[str], filler: Any, given: Any
) -> object:
    return function(**{other: FITTING.get(other, filler) for other in others}, **{name: given})


def main() -> None:
    """Try all of them."""
    warnings.simplefilter("ignore")
    import keras  # type: ignore[import-not-found]
    import tensorflow  # type: ignore[import-untyped]

    tensorflow.get_logger().setLevel("ERROR")
    tensor = keras.Input((4, 4, 3))
    print(f"keras {keras.__version__}, tensorflow {tensorflow.__version__}")
    for name, function in functions(tensorflow):
        if name not in sys.argv[1:]:
            print(name, end="\t", flush=True)
            for parameter in refusing(function, tensorflow, tensor):
                print(parameter, end=" ", flush=True)
            print(flush=True)


if __name__ == "__main__":
    main()
