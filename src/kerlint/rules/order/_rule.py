"""What all rules on order and variables share."""

from __future__ import annotations

from kerlint.rules.base import Rule


class OrderRule(Rule):
    """A rule about the moment at which something is set.

    The sources of Keras and TensorFlow are left alone: they are what reads the variables.
    """

    spares_keras = True
