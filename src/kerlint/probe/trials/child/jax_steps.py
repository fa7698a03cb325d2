"""JAX: its devices, a product, a convolution and a compiled function."""

from __future__ import annotations

import importlib

from . import numbers
from .finding import imported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .recorder import Recorder


def run(record: Recorder, gpu: bool) -> None:
    jax = imported("jax", record)
    jnp = importlib.import_module("jax.numpy")
    with record.step("devices") as outcome:
        names = [_name(one) for one in jax.devices()]
        outcome.value = " ".join(names)
        record.write(devices=names)
    with record.step("computed") as outcome:
        found = jnp.matmul(jnp.array(numbers.LEFT), jnp.array(numbers.RIGHT))
        numbers.compare("a product of 8x8 matrices", found.tolist(), numbers.PRODUCT)
        outcome.value = _where(found)
        record.write(device_of_result=outcome.value)
    if not gpu:
        return
    with record.step("convolved") as outcome:
        image = jnp.array(numbers.IMAGE).reshape(1, 4, 4, 1)
        found = jax.lax.conv_general_dilated(
            image,
            jnp.ones((2, 2, 1, 1)),
            (1, 1),
            "VALID",
            dimension_numbers=("NHWC", "HWIO", "NHWC"),
        )
        numbers.compare("a convolution", found.tolist(), numbers.CONVOLVED)
        outcome.value = _where(found)
    with record.step("compiled") as outcome:
        found = jax.jit(lambda x: (x * x + 1.0).sum())(jnp.array(numbers.LEFT))
        numbers.compare("a compiled function", float(found), numbers.SQUARES)
        outcome.value = _where(found)


def _name(device: Any) -> str:
    return f"{device.platform}:{device.id}"


def _where(array: Any) -> str:
    devices = array.devices() if hasattr(array, "devices") else [array.device()]
    return " ".join(sorted(map(_name, devices)))
