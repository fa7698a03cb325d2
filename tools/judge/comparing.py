"""What kerlint answers to a question, and whether it agrees with what Python said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kerlint.knowledge.answers import Signature
    from kerlint.knowledge.api import Api

SILENT = "silent"
"""kerlint does not know, and says so: never wrong."""


def claim(api: Api, kind: str, name: str, extra: str) -> str:
    """kerlint's answer in the words of the sample."""
    if kind in ("attribute", "import", "from"):
        imported = frozenset(extra.split(",")) if extra else frozenset()
        found = api.find(name, kind, imported)
        if found.exists is None:
            return SILENT
        return "yes" if found.exists and found.reachable else "no"
    if kind == "member":
        members = api.members(name)
        if members is None or (extra.startswith("_") and extra not in members):
            return SILENT  # not every private member can be seen
        return "yes" if extra in members else "no"
    signature = api.signature(name)
    if signature is None:
        return SILENT
    if kind == "signature":
        return spelled([tuple(parameter) for parameter in signature.parameters])
    return _takes(signature, extra)


def _takes(signature: Signature, keyword: str) -> str:
    for parameter in signature.parameters:
        if parameter.name == keyword and parameter.kind in ("positional", "keyword"):
            return "yes"
    return SILENT if signature.open else "no"


def spelled(parameters: list[Any]) -> str:
    """A parameter list on one line: `units activation= *, name= **kwargs`."""
    words = []
    for name, kind, required in parameters:
        mark = {"var-positional": "*", "var-keyword": "**", "positional-only": "/"}.get(kind, "")
        if kind == "keyword":
            name = "!" + name
        words.append(mark + name + ("" if required or kind.startswith("var") else "="))
    return " ".join(words)


def truth(kind: str, answer: Any) -> str | None:
    """The word of the sample for what Python said; None if it settles nothing."""
    if kind == "signature":
        if not isinstance(answer, list):
            return None
        kinds = [kind for _, kind, _ in answer]
        if kinds in (["var-positional", "var-keyword"], ["var-positional"]):
            return None  # a wrapper that hides the parameters
        return spelled(answer)
    if kind == "member":
        return {"class": "yes", "instance": "yes", "no": "no"}.get(answer)
    return answer if answer in ("yes", "no") else None


def agrees(kind: str, name: str, said: str, real: str) -> bool:
    """Whether kerlint's answer is right, or silence.

    A member that kerlint lists and a fresh instance lacks may be set later, e.g. in `build`.
    Where a callable takes `**kwargs`, kerlint may list keywords that it is known to accept. The
    functions of `raw_ops` refuse positional arguments, which their signatures do not say.
    """
    if said in (SILENT, real):
        return True
    if kind == "signature":
        said = said.replace(" !mesh=", "")  # a decorator takes it, unseen by `inspect`
        if said in (real, "*args **kwargs"):
            return True
        if real == f"{said} *args **kwargs":
            return True  # `__new__` passes on to `__init__`, which refuses what is not listed
        if ".raw_ops." in name:
            return said.replace("!", "") == real
        if " **" in " " + real:
            known = [word for word in said.split(" ") if word[0] != "!" or word in real.split(" ")]
            return " ".join(known) == real
    return kind == "member" and said == "yes"
