"""Small computations with known results.

All numbers are small integers: exact in every format that a GPU may compute in (TF32, bfloat16).
"""

from __future__ import annotations

SIZE = 8

LEFT = [[float((row + column) % 3) for column in range(SIZE)] for row in range(SIZE)]
RIGHT = [[float((row * 2 + column) % 4) for column in range(SIZE)] for row in range(SIZE)]
PRODUCT = [
    [sum(LEFT[row][k] * RIGHT[k][column] for k in range(SIZE)) for column in range(SIZE)]
    for row in range(SIZE)
]

IMAGE = [[float(4 * row + column) for column in range(4)] for row in range(4)]
"""Convolved with a kernel of 2x2 ones, without padding: 3x3 sums."""
CONVOLVED = [
    [sum(IMAGE[row + i][column + j] for i in (0, 1) for j in (0, 1)) for column in range(3)]
    for row in range(3)
]

SQUARES = sum(value * value + 1.0 for row in LEFT for value in row)
"""Sum of x*x + 1 over LEFT: what the compiled function computes."""


def compare(what: str, found: object, expected: object) -> None:
    """Raises ArithmeticError where nested lists of numbers differ by more than rounding."""
    one, other = list(_flat(found)), list(_flat(expected))
    if len(one) != len(other):
        raise ArithmeticError(f"{what}: {len(one)} numbers instead of {len(other)}")
    for index, (a, b) in enumerate(zip(one, other)):  # noqa: B905 (Python 3.8 has no `strict`)
        if not abs(a - b) <= 1e-3 * max(1.0, abs(b)):
            raise ArithmeticError(f"{what}: number {index} is {a} instead of {b}")


def _flat(value: object) -> list[float]:
    if isinstance(value, (list, tuple)):
        return [number for one in value for number in _flat(one)]
    return [float(value)]  # type: ignore[arg-type]
