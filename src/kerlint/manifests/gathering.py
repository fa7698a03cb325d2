"""A manifest whose requirements stand in it as texts of their own (PEP 508)."""

from __future__ import annotations

import re

from kerlint.manifests.drafts import Draft
from kerlint.manifests.pep508 import Refused, normal
from kerlint.manifests.requirement_text import read_requirement, unknown
from kerlint.manifests.secrets import masked
from kerlint.project.specifiers import valid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.diagnostics import Span
    from kerlint.manifests.model import Manifest, Requirement, Role


class Gathering(Draft):
    """`name` is that of the project which the manifest describes, if it does."""

    def require(
        self, text: str, span: Span, origin: str = "", role: Role = "requirement"
    ) -> Requirement | None:
        """Note the requirement that `text` is, or the problem with it."""
        try:
            found = read_requirement(
                text, path=self.path, span=span, role=role, origin=origin, links=False
            )
        except Refused as refused:
            shown = " ".join(text.split())
            self.refuse(f"`{shown[:80]}` {refused.why}", span)
            found = unknown(text, path=self.path, span=span, role=role, origin=origin)
            if not found.name:
                return None
        self.requirements.append(found)
        return found

    def admit(self, text: str, span: Span, origin: str = "") -> None:
        """Note which Pythons are admitted (PEP 440), or the problem with it."""
        specifier = "".join(text.split())
        if valid(specifier):
            self.python(specifier, text, span, origin)
        else:
            self.refuse(f"`{text[:80]}` is no valid version specifier", span)

    def runs_on(self, text: str, span: Span, origin: str = "") -> bool:
        """Note that it runs on the Python `3.11` or `3.11.4`; False if that is none."""
        match = re.match(r"(\d+)\.(\d+)(?:\.|$)", text)
        if match:
            self.python(f"=={match[1]}.{match[2]}.*", text, span, origin)
        return match is not None

    def refuse(self, message: str, span: Span) -> None:
        """Note a problem; secrets in it are masked."""
        self.problem(masked(message), span)

    def manifest(self) -> Manifest:
        """All facts. Extras of the project itself become what its origins bring along."""
        self.name = name = normal(self.name)
        others: list[Requirement] = []
        for one in self.requirements:
            if name and one.name == name and one.extras and one.source == "index":
                for extra in one.extras:
                    self.bring(one.origin, f"extra {extra}")
            else:
                others.append(one)
        self.requirements = others
        return super().manifest()
