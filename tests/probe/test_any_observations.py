"""Whatever a file of observations holds, it is judged, masked and reported without an accident."""

from __future__ import annotations

import dataclasses
import io
import json
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kerlint.cli.probe import exit_code
from kerlint.probe.asked import Asked, Wish
from kerlint.probe.examining import Order
from kerlint.probe.examining import judge as examine
from kerlint.probe.exchange import observations, plain
from kerlint.probe.judging import FAILED, judge
from kerlint.probe.masking import Masks, Nothing
from kerlint.probe.observations import Observations
from kerlint.probe.outcome import Examination
from kerlint.probe.ownership import owner_of
from kerlint.probe.report import FORMATS, render
from kerlint.rules.environment.files_missing import FilesMissing

SOUND = Path(__file__).parents[2] / "fixtures" / "observations" / "sound.json"

WORDS = st.sampled_from(
    [
        *("", " ", "/", "\\", "keras", "tensorflow", "tf-keras", "tf_keras", "jax", "jaxlib"),
        *("torch", "numpy", "protobuf", "3.15.1", "2.21.0", "2.21.0+cpu", "not a version", "12.4"),
        *("ordinary", "isolated", "without-site", "failed", "crashed", "timed-out", "no-result"),
        *("well", "not-run", "package", "standard-module", "namespace", "absent", "points-nowhere"),
        *("keras>=3 ; extra == 'x'", "keras (<2.16,>=2.15.0)", "protobuf<5.0.0dev", "???", "[]"),
        *("pip", "uv 0.9", "conda", "CUDA_VISIBLE_DEVICES", "KERAS_BACKEND", "LD_LIBRARY_PATH"),
        *("cuInit", "nvmlInit_v2", "load", "cuda", "nvml", "cudnn", "cudart", "sm_60", "GPU:0"),
        *("libcudnn.so.9", "libcuda.so.1", "wheel", "stubs", "docker", "9.0", "-1", "0,1", "535"),
        *('{"backend": "jx"}', "{", "Linux", "Windows", "Darwin", "3.11.7", "\udc80", "a\x00b"),
        "AttributeError: module 'keras' has no attribute 'x'",
    ]
)
NUMBERS = st.sampled_from([0, 1, 2, 3, 11, 18, 34, 100, 999, -1, 2**40])


def anything(kind: Any, depth: int = 0) -> st.SearchStrategy[Any]:
    """Values of a field of the observations: of the right type, and of any content."""
    if dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind)
        fields = {
            one.name: anything(hints[one.name], depth + 1) for one in dataclasses.fields(kind)
        }
        fields.pop("schema", None)
        return st.fixed_dictionaries({}, optional=fields)
    if get_origin(kind) is list:
        return st.lists(anything(get_args(kind)[0], depth + 1), max_size=3)
    if get_origin(kind) is dict:
        return st.dictionaries(WORDS, WORDS, max_size=3)
    if type(None) in get_args(kind):
        return st.none() | anything(next(one for one in get_args(kind) if one is not type(None)))
    if kind is bool:
        return st.booleans()
    if kind in (int, float):
        return NUMBERS
    return WORDS


@given(data=anything(Observations), gpu=st.booleans())
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@pytest.mark.filterwarnings("ignore")
def test_it_is_judged_and_told(data: dict[str, Any], gpu: bool) -> None:
    seen = observations({"schema": 1, **data})
    wishes = [Wish("a GPU", "--require-gpu")] if gpu else []
    found = judge(seen, Asked(owner_of(seen), gpu=wishes, backends=[Wish("jax", "a.py:1")]))
    assert not [one for one in seen.not_checked if "the check failed" in one.why]
    assert not [gap for gap in seen.not_checked if gap.why.startswith(FAILED)]
    masks = Masks("/home/greta", "greta", "host7")
    examined = Examination(masks.deep(seen), [masks.finding(one) for one in found])
    for format in FORMATS:
        render(format, examined, io.StringIO(), verbose=True)
    assert all(one.message and one.subject for one in found)
    assert observations(json.loads(json.dumps(plain(seen)))) == seen


def test_a_check_that_fails_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(self: FilesMissing, seen: Observations, asked: Asked) -> None:
        raise RuntimeError("spoilt")

    monkeypatch.setattr(FilesMissing, "check_environment", fail)
    seen = observations(json.loads(SOUND.read_text(encoding="utf-8")))
    examined = examine(seen, Order("", str(tmp_path)), Nothing())
    (error,) = examined.errors
    assert error.startswith("KER612 files-missing: the check failed: RuntimeError: spoilt.")
    assert exit_code(examined, "error") == 2
