"""What a report of the probe must not carry into a public bug report.

Homes become `~`, the user's and the machine's names `<user>` and `<host>`, devices lose their
unique ids and serial numbers, addresses lose credentials and, where packages come from, all but
the scheme; what looks like a token or stands behind `password=` is starred out. One function for
every string that leaves the process: findings, observations, the output of children.
"""

from __future__ import annotations

import dataclasses
import getpass
import os
import re
import socket
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from kerlint.probe.finding import Finding

COMMON = frozenset({"root", "user", "admin", "python", "ubuntu", "runner", "localhost", "jovyan"})
"""Names that tell nothing about anybody, and are words that messages need."""

_SECRET_NAME = re.compile(r"TOKEN|SECRET|PASSW|CREDENTIAL|APIKEY|_KEY\b|(?<![A-Z])KEY$", re.I)

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(GPU|MIG)-(?:GPU-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}[\w/]*", re.I), r"\1-<id>"),
    (re.compile(r"(?i)(serial(?: number)?\s*[:=]\s*)\w+"), r"\1<serial>"),
    (re.compile(r"(\b[a-z][a-z0-9+.-]*://)[^\s/@'\"]+@"), r"\1***@"),
    (re.compile(r"(?i)((?:index|extra-index|trusted-host|find-links)[-_ ]?(?:url)?[=: ]+)\S+"), r"\1<address>"),
    (re.compile(r"(?i)\b((?:password|passwd|token|secret|api[_-]?key)['\"]?\s*[=:]\s*['\"]?)[^\s'\"&,;]+"), r"\1***"),
    (re.compile(r"(?i)\b(bearer\s+)[\w.~+/-]{8,}=*"), r"\1***"),
    (re.compile(r"\b(?:ghp|gho|ghs|github_pat|glpat|hf|pypi|xox[abp]|sk)[-_][A-Za-z0-9_-]{16,}"), "***"),
    (re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"), "***"),
    (re.compile(r"/(home|Users)/[^/\s:;,'\"]+"), r"/\1/<user>"),
    (re.compile(r"(?i)\b([A-Z]:\\Users\\)[^\\\s:;,'\"]+"), r"\1<user>"),
)  # fmt: skip


class Masks:
    """Masks strings, and whatever holds strings.

    `home`, `user`, `host`: of the machine that was examined; "" for unknown.
    """

    def __init__(self, home: str = "", user: str = "", host: str = "") -> None:
        self._rules: list[tuple[re.Pattern[str], str]] = []
        if len(home.rstrip("/\\")) > 3:
            end = r"(?=[/\\]|$|[\s:;,'\")\]])"
            self._rules.append((re.compile(re.escape(home.rstrip("/\\")) + end), "~"))
        self._rules.extend(_RULES)
        for word, mask in ((user, "<user>"), (host, "<host>"), (host.partition(".")[0], "<host>")):
            if len(word) > 2 and word.lower() not in COMMON:
                self._rules.append((re.compile(rf"(?<![\w.-]){re.escape(word)}(?![\w-])"), mask))

    def text(self, text: str) -> str:
        """`text` with everything private masked."""
        for pattern, mask in self._rules:
            text = pattern.sub(mask, text)
        return text

    def variable(self, name: str, value: str) -> str:
        """The value of an environment variable."""
        return "***" if value and _SECRET_NAME.search(name) else self.text(value)

    def deep(self, value: Any) -> Any:
        """A copy of JSON values or observations with every string masked."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {
                self.text(key): self.variable(key, one) if isinstance(one, str) else self.deep(one)
                for key, one in value.items()
            }
        if isinstance(value, (list, tuple)):
            return [self.deep(one) for one in value]
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return dataclasses.replace(
                value,
                **{
                    one.name: self.deep(getattr(value, one.name))
                    for one in dataclasses.fields(value)
                },
            )
        return value

    def finding(self, found: Finding) -> Finding:
        """A copy of a finding, masked."""
        from kerlint.probe.finding import Evidence, Finding

        return Finding(
            code=found.code,
            name=found.name,
            severity=found.severity,
            message=self.text(found.message),
            path=self.text(found.path),
            span=found.span,
            help=self.text(found.help),
            evidence=[
                Evidence(self.text(one.text), self.text(one.where)) for one in found.evidence
            ],
            confidence=found.confidence,
            seen=found.seen,
            commands=[self.text(one) for one in found.commands],
            subject=self.text(found.subject),
            causes=found.causes,
            related=tuple(
                one._replace(path=self.text(one.path), message=self.text(one.message))
                for one in found.related
            ),
        )


class Nothing(Masks):
    """Masks nothing: `--full`."""

    def text(self, text: str) -> str:
        return text

    def variable(self, name: str, value: str) -> str:
        return value


def of_this_machine() -> Masks:
    """The masks for an environment that was examined here."""
    return Masks(
        _or_nothing(lambda: os.path.expanduser("~")),
        _or_nothing(getpass.getuser),
        _or_nothing(socket.gethostname),
    )


def _or_nothing(ask: Callable[[], str]) -> str:
    try:
        return ask()
    except (OSError, KeyError, ImportError):  # no entry for this user, no name for this host
        return ""
