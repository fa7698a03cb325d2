"""Whether the bytes of a file may hold one of the shapes of `_changed.py`.

Looked at before the file is parsed. It may let a file through in vain, never hold one back that
has such a shape: each test asks for words that the shape cannot do without.
"""

from __future__ import annotations

import re

_GAP = rb"\s*(?:#[^\n]*\n\s*)*"

_DECAY = re.compile(rb"decay(?<!\wdecay)\s*=")
_NESTED = rb"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
_FIRST = rb"(?:[^()\[\]=,]|" + _NESTED + rb"|\[(?:[^\[\]]|\[[^\[\]]*\])*\])+"
_SIZES = rb"," + _GAP + rb"(3|5|7|9|11)" + _GAP + rb"," + _GAP + rb"\1" + _GAP + rb"[,)]"
_KERNEL = re.compile(rb"\(" + _FIRST + _SIZES)
_EPSILON = re.compile(rb"epsilon(?<!\wepsilon)\s*=")
_ACCURACY = re.compile(rb"(?<!metrics=\[)['\"](?:val_)?acc['\"]")
_LR = re.compile(rb"\.lr\b")
_RATE = re.compile(rb"\[\s*['\"]lr['\"]")
_FORMAT = re.compile(rb"format(?<!\wformat)\s*=\s*(?!['\"]tf_saved_model)")
_METRICS = re.compile(rb"(?<!\bself)\.\s*metrics_names")  # `self` is a class of the file's own
_KERAS_FILE = re.compile(rb"(?<!tf_)keras['\"]")
_SIGMOID = re.compile(rb"activation\s*=\s*['\"]hard_sigmoid")
_RESTORE = re.compile(rb"restore_best_weights\s*=\s*True\b")
_STORED = re.compile(rb"self\.\w+\s*(?::[^=\n]*)?=[^=]")
_GIVEN = re.compile(rb"_initializer\s*=\s*\(*\s*([A-Za-z_]\w*)\s*[^\w.\s(]")
_RANDOM = rb"(?:Random|Truncated|VarianceScaling|Glorot|He|Lecun|Orthogonal)"


def may_have_changed(data: bytes) -> bool:
    """Whether some row of the table of changes may concern a file with these bytes."""
    return bool(
        (b"decay" in data and b"ptimizer" in data and _DECAY.search(data))
        or (b".lr" in data and _LR.search(data))
        or ((b"Conv2D" in data or b"Convolution2D" in data) and _KERNEL.search(data))
        or (b"ReduceLROnPlateau" in data and _EPSILON.search(data))
        or (b"accuracy" in data and b"compile" in data and _ACCURACY.search(data))
        or (b".history" in data and _RATE.search(data))
        or (
            b"Variable(" in data
            and b"class" in data
            and b"tensorflow" in data
            and _STORED.search(data)
        )
        or (b"metrics_names" in data and _METRICS.search(data))
        or (b"include_optimizer" in data and b"False" in data and _KERAS_FILE.search(data))
        or (b".export" in data and _FORMAT.search(data))
        or (b"hard_sigmoid" in data and _SIGMOID.search(data))
        or (b"restore_best_weights" in data and _RESTORE.search(data))
        or (b"_initializer" in data and _shares(data))
    )


def _shares(data: bytes) -> bool:
    """Whether one variable that holds an initializer is given twice."""
    given = [found[1] for found in _GIVEN.finditer(data)]
    twice = {name for name in given if given.count(name) > 1} - {b"None"}
    if not twice:
        return False
    made = _RANDOM + rb"\w*\s*\("
    if re.search(_RANDOM + rb"\w*\s+as\b", data):
        made = rb"\("  # by any name
    return any(
        re.search(rb"^[ \t]*%s\s*(?::[^=\n]*)?=[\s\w.(\\]*?%s" % (name, made), data, re.MULTILINE)
        for name in twice
    )
