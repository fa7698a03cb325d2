"""Observations to JSON and back, without trust: the file may come from anywhere."""

from __future__ import annotations

import dataclasses
import types
from functools import cache
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from kerlint.failures import Failure
from kerlint.probe.observations import SCHEMA, Observations

if TYPE_CHECKING:
    from collections.abc import Mapping


def plain(seen: Any) -> Any:
    """Observations as JSON values. What was not seen (a default) is left out."""
    if dataclasses.is_dataclass(seen) and not isinstance(seen, type):
        fields = {one.name: getattr(seen, one.name) for one in dataclasses.fields(seen)}
        default = type(seen)()
        return {
            name: plain(value)
            for name, value in fields.items()
            if value != getattr(default, name) or name == "schema"
        }
    if isinstance(seen, list):
        return [plain(one) for one in seen]
    return seen


def observations(data: object) -> Observations:
    """Read JSON values. Raises Failure where they are not what a collector writes."""
    if not isinstance(data, dict) or not isinstance(data.get("schema"), int):
        raise Failure("this is no file of observations: it has no `schema`")
    if data["schema"] > SCHEMA:
        raise Failure(
            f"these observations have schema {data['schema']}, and this kerlint reads up to "
            f"{SCHEMA}: update kerlint"
        )
    seen: Observations = _read(Observations, data, "observations")
    return seen


def _read(kind: Any, value: object, where: str) -> Any:
    if dataclasses.is_dataclass(kind):
        return _read_object(kind, value, where)
    origin = get_origin(kind)
    if origin is list and isinstance(value, list):
        (of,) = get_args(kind)
        return [_read(of, one, f"{where}[{index}]") for index, one in enumerate(value)]
    if origin is dict and isinstance(value, dict):
        _, of = get_args(kind)
        return {str(key): _read(of, one, f"{where}.{key}") for key, one in value.items()}
    if origin in (types.UnionType, Union):
        if value is None:
            return None
        return _read(next(one for one in get_args(kind) if one is not type(None)), value, where)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    # Python 3.10 takes `list[int]` for a type.
    fits = origin is None and isinstance(kind, type) and isinstance(value, kind)
    if fits and not (kind is int and isinstance(value, bool)):
        return value
    raise Failure(f"this is no file of observations: `{where}` is {type(value).__name__}")


def _read_object(kind: Any, value: object, where: str) -> Any:
    if not isinstance(value, dict):
        raise Failure(f"this is no file of observations: `{where}` is {type(value).__name__}")
    hints = _hints(kind)
    return kind(
        **{
            name: _read(hints[name], one, f"{where}.{name}")
            for name, one in value.items()
            if name in hints
        }
    )


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)
