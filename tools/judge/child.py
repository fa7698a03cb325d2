# mypy: ignore-errors
# ruff: noqa: UP031, SIM105
"""Runs inside a scratch environment and says what is really there.

Reads one JSON question a line, writes one JSON answer a line. It must run on every Python from
3.6 on and imports nothing but the standard library and the packages under examination.
"""

import importlib
import inspect
import json
import os
import sys

DUMMIES = (2, "sum", [2, 2], 0.5, "float32", None, (1, 2, 2))


def resolve(name):
    """The object that an attribute chain evaluates to, after an import of its first part."""
    parts = name.split(".")
    value = importlib.import_module(parts[0])
    for part in parts[1:]:
        value = getattr(value, part)
    return value


def fetch(name):
    """The object behind a name, however it can be had."""
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            value = importlib.import_module(".".join(parts[:cut]))
        except Exception:
            continue
        for part in parts[cut:]:
            value = getattr(value, part)
        return value
    raise AttributeError(name)


def answer_attribute(question):
    for module in question.get("imported", ()):
        importlib.import_module(module)
    try:
        resolve(question["name"])
    except AttributeError:
        return "no"
    except Exception as error:
        return "error " + type(error).__name__
    return "yes"


def answer_import(question):
    try:
        importlib.import_module(question["name"])
    except ImportError as error:
        return "no" if blames(error, question["name"]) else "error ImportError"
    except Exception as error:
        return "error " + type(error).__name__
    return "yes"


def answer_from(question):
    module, _, leaf = question["name"].rpartition(".")
    try:
        exec("from %s import %s" % (module, leaf), {})
    except ImportError as error:
        return "no" if blames(error, question["name"]) else "error ImportError"
    except Exception as error:
        return "error " + type(error).__name__
    return "yes"


def blames(error, name):
    """Whether the name itself is missing, not something that its module needs."""
    missing = getattr(error, "name", None)
    if isinstance(error, ModuleNotFoundError) and missing:
        return name == missing or name.startswith(missing + ".") or same_tail(name, missing)
    return True


def same_tail(name, missing):
    """`tensorflow.keras.x` may be reported as the module that stands behind it."""
    return name.rpartition(".")[2] == missing.rpartition(".")[2]


KINDS = {
    "POSITIONAL_ONLY": "positional-only",
    "POSITIONAL_OR_KEYWORD": "positional",
    "KEYWORD_ONLY": "keyword",
    "VAR_POSITIONAL": "var-positional",
    "VAR_KEYWORD": "var-keyword",
}


def answer_signature(question):
    """The parameters: name, kind, whether required; a string if they cannot be had."""
    try:
        value = fetch(question["name"])
    except Exception:
        return "absent"
    try:
        parameters = list(inspect.signature(value).parameters.values())
    except Exception:
        return "hidden"
    owner = question["name"].rpartition(".")[0]
    try:
        is_method = inspect.isclass(fetch(owner))
    except Exception:
        is_method = False
    if is_method and parameters and not inspect.isclass(value):
        static = inspect.getattr_static(fetch(owner), question["name"].rpartition(".")[2])
        if not isinstance(static, (classmethod, staticmethod)):
            parameters = parameters[1:]
    return [
        [p.name, KINDS[p.kind.name], p.default is p.empty and not p.kind.name.startswith("VAR")]
        for p in parameters
    ]


def answer_keyword(question):
    """Whether a call takes the keyword: yes, no, or unknown."""
    try:
        value = fetch(question["name"])
        parameters = inspect.signature(value).parameters.values()
    except Exception:
        return "unknown"
    keyword = question["keyword"]
    takes_all = False
    for parameter in parameters:
        if parameter.kind.name in ("POSITIONAL_OR_KEYWORD", "KEYWORD_ONLY"):
            if parameter.name == keyword:
                return "yes"
        elif parameter.kind.name == "VAR_KEYWORD":
            takes_all = True
    if not inspect.isclass(value):
        return "unknown" if takes_all else "no"
    tried = try_constructor(value, parameters, keyword)
    # A decorated constructor may take keywords that its signature does not show.
    return tried if takes_all or tried == "yes" else "no"


def try_constructor(value, parameters, keyword):
    _, arguments = instance_of(value)
    if arguments is None:
        return "unknown"
    for dummy in DUMMIES:
        try:
            value(**dict(arguments, **{keyword: dummy}))
        except Exception as error:
            if refuses(error, keyword):
                return "no"
            continue
        return "yes"
    return "unknown"


def refuses(error, keyword):
    text = str(error)
    if keyword not in text:
        return False
    low = text.lower()
    return any(
        words in low
        for words in (
            "unexpected keyword",
            "not understood",
            "unrecognized keyword",
            "invalid keyword",
            "invalid kwargs",
            "invalid argument",
            "not a valid argument",
            "unknown argument",
            "unexpected argument",
            "invalid_kwargs",
            "do not support the keyword",
        )
    )


def answer_member(question):
    """`class`, `instance`, `no` (looked at an instance too) or `unknown`."""
    try:
        value = fetch(question["name"])
    except Exception:
        return "absent"
    if not inspect.isclass(value):
        return "absent"
    member = question["member"]
    try:
        inspect.getattr_static(value, member)
        return "class"
    except AttributeError:
        pass
    instance, arguments = instance_of(value)
    if arguments is None:
        return "unknown"
    try:
        getattr(instance, member)
    except AttributeError:
        return "no"
    except Exception:
        return "instance"
    return "instance"


_instances = {}


def instance_of(value):
    """An instance made with dummy arguments, and the arguments; (None, None) if none works."""
    if value in _instances:
        return _instances[value]
    result = (None, None)
    try:
        required = [
            p.name
            for p in inspect.signature(value).parameters.values()
            if p.default is p.empty and not p.kind.name.startswith("VAR")
        ]
        for dummy in DUMMIES if required else DUMMIES[:1]:
            arguments = dict.fromkeys(required, dummy)
            try:
                result = (value(**arguments), arguments)
                break
            except Exception:
                continue
    except Exception:
        pass
    _instances[value] = result
    return result


ANSWERS = {
    "attribute": answer_attribute,
    "import": answer_import,
    "from": answer_from,
    "signature": answer_signature,
    "keyword": answer_keyword,
    "member": answer_member,
}


def isolated(question):
    """Answer in a forked child, so that its imports do not change the state of this one."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.write(write, json.dumps(ANSWERS[question["kind"]](question)).encode())
        finally:
            os._exit(0)
    os.close(write)
    data = b""
    while True:
        part = os.read(read, 65536)
        if not part:
            break
        data += part
    os.close(read)
    os.waitpid(pid, 0)
    return json.loads(data.decode()) if data else "error crash"


def main():
    questions = [json.loads(line) for line in sys.stdin]
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what the packages print must not mix with the answers
    for root in sys.argv[1:]:
        module = importlib.import_module(root)
        try:
            dir(module.keras)  # loads what TensorFlow loads lazily, once for all forks
        except Exception:
            pass
    for question in questions:
        try:
            answer = (isolated if question.get("imported") else ANSWERS[question["kind"]])(question)
        except Exception as error:
            answer = "error " + type(error).__name__
        out.write(json.dumps(answer) + "\n")
        out.flush()
    out.close()
    os._exit(0)  # some releases hang or crash in their own clean-up


main()
