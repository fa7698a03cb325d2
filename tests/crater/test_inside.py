"""What runs inside an environment, tried on callables that need no Keras."""

from __future__ import annotations

import pytest

from tools.crater.inside import answering, trying


class Open:
    """Takes anything, but refuses what it does not know, as Keras layers do."""

    def __init__(self, units, **kwargs):
        for name in kwargs:
            if name != "name":
                raise ValueError(f"Unrecognized keyword arguments passed to Open: {kwargs}")
        self.units = units

    def build(self):
        self.kernel = 1


class Closed:
    def __init__(self, units, rate=0.5):
        self.units = units

    def fit(self, x, epochs=1):
        """Do nothing."""


class Any:
    def __init__(self, **kwargs):
        """Swallow everything."""


@pytest.mark.parametrize(
    ("value", "keyword", "expected"),
    [
        (Open, "units", "yes"),
        (Open, "name", "yes"),
        (Open, "output_dim", "no"),
        (Closed, "rate", "yes"),
        (Closed, "lr", "no"),
        (Any, "anything", "yes"),
        (Closed(1).fit, "nb_epoch", "no"),
        (Closed(1).fit, "epochs", "yes"),
    ],
)
def test_arguments(value, keyword, expected):
    assert trying.accepts(value, keyword, "", {})[0] == expected


def test_a_closed_signature_counts_only_where_the_call_refuses():
    class Meta(type):
        def __call__(cls, *args, **kwargs):
            return super().__call__(1)

    class Swallowing(Closed, metaclass=Meta):
        pass

    assert trying.accepts(Swallowing, "lr", "", {})[0] == "yes"


def test_an_attribute_that_a_method_assigns_later_is_not_missing():
    assert trying.assigns(Open, "kernel")
    assert not trying.assigns(Open, "bias")


@pytest.mark.parametrize(
    ("name", "answer", "missing"),
    [
        ("xml.sax.handler", "yes", None),
        ("xml.nothing.below", "unknown", None),
    ],
)
def test_imports(name, answer, missing):
    # A module outside the roots that is missing says nothing of Keras.
    assert answering.ask_import(name)[0] == answer


def test_chains_name_their_shortest_missing_part():
    assert answering.ask_chain("json.decoder.JSONDecoder") == ("yes", "")
    assert answering.ask_chain("json.nothing.below")[::2] == ("no", "json.nothing")


def test_from_imports():
    assert answering.ask_from("json", "loads") == ("yes", "")
    assert answering.ask_from("json", "nothing")[::2] == ("no", "json.nothing")
