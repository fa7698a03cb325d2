"""What all rules on order and variables share."""

from __future__ import annotations

from kerlint.rules._private import is_own_source
from kerlint.rules.base import Rule


class OrderRule(Rule):
    """A rule about the moment at which something is set.

    The sources of Keras and TensorFlow are left alone: they are what reads the variables.
    """

    def applies(self, path: str, data: bytes) -> bool:
        """Whether the file is none of Keras's or TensorFlow's own."""
        return not is_own_source(path)
