"""Decorators: which of them leave what a callable accepts as it is."""

from __future__ import annotations

import ast

EXPORTERS = {
    "keras_export",
    "keras_core_export",
    "tf_export",
    "_tf_export",
    "estimator_export",
    "api_export",
    "keras_mixed_precision_export",
    "np_export",
}
"""They record a public name and return what they are given."""

TRANSPARENT = EXPORTERS | {
    # the standard library
    "abstractmethod",
    "abstractproperty",
    "classmethod",
    "contextmanager",
    "asynccontextmanager",
    "lru_cache",
    "cache",
    "property",
    "cached_property",
    "staticmethod",
    "total_ordering",
    "wraps",
    "final",
    "override",
    "runtime_checkable",
    "no_type_check",
    # six
    "add_metaclass",
    "python_2_unicode_compatible",
    # TensorFlow
    "add_dispatch_list",
    "add_dispatch_support",
    "add_fallback_dispatch_list",
    "add_type_based_api_dispatcher",
    "convert_to_eager_tensor",
    "custom_gradient",
    "deprecated",
    "deprecated_args",
    "deprecated_arg_values",
    "deprecated_endpoints",
    "deprecated_no_args",
    "dispatch_for_api",
    "dispatch_for_types",
    "dispatch_for_unary_elementwise_apis",
    "dispatch_for_binary_elementwise_apis",
    "do_not_convert",
    "do_not_descend_map",
    "do_not_generate_docs",
    "do_not_doc_inheritable",
    "do_not_doc_in_subclasses",
    "doc_in_current_and_subclasses",
    "doc_private",
    "for_subclass_implementers",
    "header",
    "np_doc",
    "np_doc_only",
    "doc_controls",
    "disable_with_predicate",
    "enable_multi_worker",
    "filter_traceback",
    "inject_argument_info_in_traceback",
    "no_automatic_dependency_tracking",
    "no_automatic_dependency_tracking_scope",
    "register_keras_serializable",
    "register_symbolic_tensor_type",
    "should_use_result",
    "set_module",
    "tf_contextlib",
    "tf_should_use",
    "with_name_scope",
    "with_name_scope_unnested",
    "no_type_conversion",
    # Keras
    "cast_to_common_dtype",
    "default",
    "is_default",
    "is_tensor_or_tensor_list",
    "module_wrapper",
    "tree_map",
    "supports_masking",
    "shape_type_conversion",
    "eager_learning_phase_scope",
    "register_dtype_policy",
}
"""Whatever they do, the decorated callable accepts the same arguments as before."""


def last_name(node: ast.expr) -> str:
    """`c` of `a.b.c`, and of the call `a.b.c(...)`; empty for anything else."""
    if isinstance(node, ast.Call):
        node = node.func
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def is_known(decorator: ast.expr) -> bool:
    """Whether a decorator is known to leave the signature alone."""
    name = last_name(decorator)
    if name in {"setter", "getter", "deleter"}:
        return True
    return name in TRANSPARENT or name.startswith(("register", "Register", "doc_"))


def effect(decorator: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> str:
    """`same` when a decorator's source shows that it leaves the signature alone.

    It does when it returns what it was given, or a wrapper that takes `*args, **kwargs` and
    hands both on.
    """
    if isinstance(decorator, ast.Lambda) or not decorator.args.args:
        return "unknown"
    functions = [
        node
        for node in ast.walk(decorator)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]
    for function in functions:
        names = {argument.arg for argument in function.args.args}
        own = [node for node in own_nodes(function) if isinstance(node, ast.Return)]
        if own and all(isinstance(node.value, ast.Name) and node.value.id in names for node in own):
            return "same"
    wrappers = [
        function
        for function in functions
        if function.args.vararg is not None and function.args.kwarg is not None
    ]
    return "same" if wrappers and all(_hands_on(function) for function in wrappers) else "unknown"


def own_nodes(function: ast.AST) -> list[ast.AST]:
    """The nodes of a function without those of functions within it."""
    found: list[ast.AST] = []
    stack = list(ast.iter_child_nodes(function))
    while stack:
        node = stack.pop()
        found.append(node)
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            stack.extend(ast.iter_child_nodes(node))
    return found


def _hands_on(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether `*args, **kwargs` go on in every call that gets `**kwargs`, and kwargs stay whole."""
    assert function.args.vararg is not None
    assert function.args.kwarg is not None
    keywords = function.args.kwarg.arg
    calls = 0
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            spread = [word.value for word in node.keywords if word.arg is None]
            if any(isinstance(value, ast.Name) and value.id == keywords for value in spread):
                calls += 1
        elif isinstance(node, (ast.Assign, ast.AugAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                for part in ast.walk(target):
                    if isinstance(part, ast.Name) and part.id == keywords:
                        return False
    return calls > 0


def pops(decorator: ast.AST) -> list[str]:
    """Keywords that a wrapper takes out of its `kwargs` for itself."""
    return [
        node.args[0].value
        for node in ast.walk(decorator)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"pop", "get"}
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    ]
