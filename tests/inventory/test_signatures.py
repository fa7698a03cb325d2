"""What callables accept, and where their `**kwargs` end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import Read

Accepts = Callable[[str, str], tuple[list[str], bool]]

LAYER = """
    def keras_export(name):
        return lambda thing: thing

    class Layer:
        def __init__(self, *, name=None, **kwargs):
            shape = kwargs.pop("input_shape", None)
            if kwargs:
                raise ValueError(kwargs)
"""


def test_kinds_and_defaults(read: Read) -> None:
    source = "def f(a, /, b, c=1, *args, d, e=2, **kwargs): pass"
    inventory = read("keras", "2.3.1", {"keras/__init__.py": source})
    assert inventory["callables"]["keras.f"]["parameters"] == [
        ["a", "positional-only", True],
        ["b", "positional", True],
        ["c", "positional", False],
        ["args", "var-positional", False],
        ["d", "keyword", True],
        ["e", "keyword", False],
        ["kwargs", "var-keyword", False],
    ]


def test_a_function_without_kwargs_is_closed(accepts: Accepts) -> None:
    assert accepts("def f(a, *, b=1): pass", "f") == (["a", "b"], False)


def test_kwargs_that_nobody_looks_at_accept_everything(accepts: Accepts) -> None:
    assert accepts("def f(**kwargs): pass", "f") == (["kwargs"], True)


def test_kwargs_handed_to_a_refusing_base(accepts: Accepts) -> None:
    source = LAYER + "\n    class Dense(Layer):\n" + _init("super().__init__(**kwargs)")
    assert accepts(source, "Dense") == (["units", "name", "input_shape", "kwargs"], False)


def test_a_keyword_given_on_the_way_is_not_accepted_again(accepts: Accepts) -> None:
    source = LAYER + "\n    class Dense(Layer):\n" + _init("super().__init__(name='x', **kwargs)")
    assert accepts(source, "Dense") == (["units", "input_shape", "kwargs"], False)


def test_a_base_called_by_its_name(accepts: Accepts) -> None:
    source = LAYER + "\n    class Dense(Layer):\n" + _init("Layer.__init__(self, **kwargs)")
    assert accepts(source, "Dense") == (["units", "name", "input_shape", "kwargs"], False)


def test_super_looks_along_the_order_of_the_class_that_is_made(accepts: Accepts) -> None:
    source = """
        class Root:
            def __init__(self, root=None): pass
        class Left(Root):
            def __init__(self, left=None, **kwargs): super().__init__(**kwargs)
        class Right(Root):
            def __init__(self, right=None, **kwargs): super().__init__(**kwargs)
        class Both(Left, Right):
            pass
    """
    assert accepts(source, "Both") == (["left", "right", "root", "kwargs"], False)
    assert accepts(source, "Left") == (["left", "root", "kwargs"], False)


def test_the_end_of_the_line_refuses(accepts: Accepts) -> None:
    source = "class A:\n    def __init__(self, x, **kwargs): super().__init__(**kwargs)\n"
    assert accepts(source, "A") == (["x", "kwargs"], False)


def test_an_unseen_base_accepts_anything(accepts: Accepts) -> None:
    source = """
        from elsewhere import Base
        class A(Base):
            def __init__(self, x, **kwargs): super().__init__(**kwargs)
        class B(Base):
            pass
    """
    assert accepts(source, "A") == (["x", "kwargs"], True)
    assert accepts(source, "B") == (["args", "kwargs"], True)


@pytest.mark.parametrize(
    "body",
    [
        "for k in kwargs:\n    if k not in {'lr'}: raise TypeError(k)",
        "for k in kwargs:\n    if k not in ['lr']: raise TypeError(k)\n    if kwargs[k] < 0: raise ValueError",
        "allowed = {'lr'}\nfor k in kwargs.keys():\n    if k not in allowed: raise TypeError(k)",
        "kwargs.pop('lr', None)\nfor k in kwargs:\n    if k == 'decay': raise ValueError(k)\n    else: raise TypeError(k)",
        "unknown = set(kwargs.keys()) - {'lr'}\nif unknown: raise TypeError(unknown)",
        "validate_kwargs(kwargs, {'lr'})",
        "lr = kwargs.get('lr')\nif len(kwargs) > 1:\n    pass\nif len(kwargs) > 0:\n    raise TypeError",
        "if 'lr' in kwargs:\n    warnings.warn(f'{kwargs}')\nreject(**kwargs)",
        "def inner(**kwargs): return kwargs\nvalidate_kwargs(kwargs, {'lr'})",
        "self_check(kwargs)",
    ],
)
def test_refusals(accepts: Accepts, body: str) -> None:
    source = (
        "def reject(lr=None): pass\n"
        "def self_check(options):\n"
        "    options.pop('lr', None)\n"
        "    if options: raise TypeError\n"
        "def f(**kwargs):\n" + "".join(f"    {line}\n" for line in body.splitlines())
    )
    assert accepts(source, "f") == (["lr", "kwargs"], False)


@pytest.mark.parametrize(
    "body",
    [
        "store.options = kwargs",
        "for k, v in kwargs.items(): use(k, v)",
        "g = lambda: kwargs\nclosed()",
        "if condition():\n    if kwargs: raise TypeError",
        "if condition():\n    return 1\nif kwargs: raise TypeError",
        "if condition():\n    closed(**kwargs)",
        "target = pick()\ntarget(**kwargs)",
        "unseen.function(**kwargs)",
        "closed(**{k: v for k, v in kwargs.items()})",
        "for k in kwargs:\n    if k not in computed(): raise TypeError(k)",
        "kwargs.pop('x')",
    ],
)
def test_doubt_is_open(accepts: Accepts, body: str) -> None:
    source = "import unseen\ndef closed(): pass\ndef f(**kwargs):\n" + "".join(
        f"    {line}\n" for line in body.splitlines()
    )
    assert accepts(source, "f")[1] is True


def test_both_branches_may_refuse(accepts: Accepts) -> None:
    """Keras 3's `Model` is a functional model or a plain layer."""
    source = """
        class Layer:
            def __init__(self, name=None): pass
        class Functional:
            def __init__(self, inputs, outputs, name=None): pass
        class Model(Layer):
            def __init__(self, *args, **kwargs):
                if len(args) == 2:
                    Functional.__init__(self, *args, **kwargs)
                else:
                    Layer.__init__(self, *args, **kwargs)
    """
    names, is_open = accepts(source, "Model")
    assert set(names) == {"args", "inputs", "outputs", "name", "kwargs"}
    assert is_open is False


def test_decorators_that_export_change_nothing(accepts: Accepts) -> None:
    source = LAYER + "\n    @keras_export('keras.f')\n    def f(a, b=1): pass\n"
    assert accepts(source, "f") == (["a", "b"], False)


def test_a_wrapper_that_hands_everything_on_changes_nothing(accepts: Accepts) -> None:
    source = """
        def traced(function):
            def wrapper(*args, **kwargs):
                return function(*args, **kwargs)
            return wrapper
        @traced
        def f(a): pass
    """
    assert accepts(source, "f") == (["a"], False)


def test_a_keyword_that_a_wrapper_takes_is_accepted(accepts: Accepts) -> None:
    source = """
        def with_mesh(function):
            def wrapper(*args, **kwargs):
                mesh = kwargs.pop("mesh", None)
                return function(*args, **kwargs)
            return wrapper
        @with_mesh
        def f(a): pass
    """
    assert accepts(source, "f") == (["a", "mesh"], False)


@pytest.mark.parametrize(
    "decorator",
    ["unseen.decorator", "legacy_support(conversions=[('nb', 'units')])", "rewriting"],
)
def test_a_decorator_that_is_not_understood_opens(accepts: Accepts, decorator: str) -> None:
    source = f"""
        import unseen
        legacy_support = unseen.legacy_support
        def rewriting(function):
            def wrapper(*args, **kwargs):
                kwargs = convert(kwargs)
                return function(*args, **kwargs)
            return wrapper
        @{decorator}
        def f(a): pass
    """
    assert accepts(source, "f") == (["a"], True)


def test_layouts_of_distributed_initializers(accepts: Accepts) -> None:
    """Keras 2.9 to 2.15 read `kernel_layout` for `kernel_initializer`."""
    source = """
        class Dense:
            @utils.allow_initializer_layout
            def __init__(self, units, kernel_initializer=None): pass
    """
    names, is_open = accepts(source, "Dense")
    assert names == ["units", "kernel_initializer", "kernel_layout", "mesh"]
    assert is_open is False


@pytest.mark.parametrize(
    "source",
    [
        "import dataclasses\n@dataclasses.dataclass\nclass C:\n    x: int\n",
        "from typing import NamedTuple\nclass C(NamedTuple):\n    x: int\n",
        "import collections\nclass C(collections.namedtuple('C', ['x'])): pass\n",
        "import enum\nclass C(enum.Enum):\n    X = 1\n",
        "class C(Exception): pass\n",
        "class M(type):\n    def __call__(cls, x): pass\nclass C(metaclass=M): pass\n",
    ],
)
def test_constructors_made_by_others_accept_anything(accepts: Accepts, source: str) -> None:
    assert accepts(source, "C")[1] is True


def test_a_constructor_by_new(accepts: Accepts) -> None:
    source = "class C:\n    def __new__(cls, x, y=1): pass\n"
    assert accepts(source, "C") == (["x", "y"], False)


def test_a_new_that_makes_something_else_opens(accepts: Accepts) -> None:
    source = """
        class Policy:
            def __new__(cls, name, *args, **kwargs):
                if name == "float":
                    return FloatPolicy(name)
                return super().__new__(cls)
            def __init__(self, name): pass
        class Layer:
            def __new__(cls, *args, **kwargs):
                instance = super().__new__(cls)
                return cast(cls, instance)
            def __init__(self, name): pass
    """
    assert accepts(source, "Policy") == (["name"], True)
    assert accepts(source, "Layer") == (["name"], False)


def test_a_class_without_a_constructor_takes_nothing(accepts: Accepts) -> None:
    assert accepts("class C: pass", "C") == ([], False)


def test_an_alias_leads_to_the_same_definition(read: Read) -> None:
    source = "def mean_squared_error(a, b): pass\nmse = MSE = mean_squared_error\n"
    names = read("keras", "2.3.1", {"keras/__init__.py": source})["names"]
    assert names["keras.mse"] == names["keras.MSE"] == names["keras.mean_squared_error"]


def test_a_partial_is_unknown(read: Read) -> None:
    source = "import functools\ndef f(a, b): pass\ng = functools.partial(f, b=1)\n"
    inventory = read("keras", "2.3.1", {"keras/__init__.py": source})
    assert inventory["names"]["keras.g"] == {"kind": "function"}


def test_two_versions_of_a_function_are_unknown(read: Read) -> None:
    source = """
        if unknown():
            def f(a): pass
        else:
            def f(a, b): pass
    """
    inventory = read("keras", "2.3.1", {"keras/__init__.py": source})
    assert inventory["names"]["keras.f"] == {"kind": "function"}


def _init(body: str) -> str:
    return f"        def __init__(self, units, **kwargs):\n            {body}\n"
