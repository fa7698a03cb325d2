"""A rule's page: its docstring, taken apart."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.rules.base import Rule


class Page:
    """What a rule says of itself.

    `summary`   the first line: what it finds
    `sections`  Markdown by heading, in order
    """

    __slots__ = ("sections", "summary")

    def __init__(self, summary: str, sections: dict[str, str]) -> None:
        self.summary = summary
        self.sections = sections

    def markdown(self) -> str:
        """All of it, as it stands in the docstring."""
        parts = [self.summary]
        parts += [f"## {heading}\n\n{body}" for heading, body in self.sections.items()]
        return "\n\n".join(parts) + "\n"


def page_of(rule: Rule) -> Page:
    """The page of `rule`. A rule without a docstring has an empty one."""
    from inspect import cleandoc

    # Not inspect.getdoc: a rule must not inherit the words of its base class.
    text = cleandoc(type(rule).__doc__ or "")
    summary, _, rest = text.partition("\n")
    sections: dict[str, str] = {}
    heading = ""
    fenced = False
    for line in rest.splitlines():
        if line.startswith("```"):
            fenced = not fenced
        if line.startswith("## ") and not fenced:
            heading = line[3:].strip()
            sections[heading] = ""
        elif heading:
            sections[heading] += line + "\n"
        elif line.strip():
            summary += " " + line.strip()
    return Page(summary.strip(), {head: body.strip("\n") for head, body in sections.items()})
