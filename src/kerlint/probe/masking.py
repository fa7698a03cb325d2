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

_SECRET = r"(?:pass(?:word|wd|phrase)|pwd|token|secret|credentials?|(?:api|access|private)[_-]?key)"
_SECRET_NAME = re.compile(rf"{_SECRET}|PASS\b|AUTH\b|_KEY\b|(?<![A-Z])KEY$", re.I)

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(GPU|MIG)-(?:GPU-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}[\w/]*", re.I), r"\1-<id>"),
    (re.compile(r"(?i)(serial(?: number)?\s*[:=]\s*)\w+"), r"\1<serial>"),
    # An address with credentials is nobody's business as a whole.
    (re.compile(r"(\b[a-z][a-z0-9+.-]*://)[^\s/@'\"]+@[^\s'\",;)\]}]*"), r"\1***"),
    (re.compile(r"(?i)(looking in (?:indexes|links): ).*"), r"\1<address>"),
    (re.compile(r"(?i)((?:--(?:extra-)?index|index[-_]url|trusted[-_]host|find[-_]links)[=: ]+)\S+"), r"\1<address>"),
    (re.compile(r"(?i)\b(authorization['\"]?\s*[=:]\s*['\"]?\w+\s+)[^\s'\"]+"), r"\1***"),
    # `password=x`, `"my_token": "x"`, `os.environ['AWS_SECRET_ACCESS_KEY'] = 'x'`
    (re.compile(rf"(?i)(?<![a-z])({_SECRET}(?:[_-]\w+)?['\"\])]*\s*[=:]\s*['\"]?)[^\s'\"&,;]+"), r"\1***"),
    (re.compile(rf"(?i)(--[\w-]*{_SECRET}\s+)[^\s'\"-]\S*"), r"\1***"),
    (re.compile(r"(?i)([?&](?:sig|signature|key)=)[^\s&'\"]+"), r"\1***"),
    (re.compile(r"(?i)\b(bearer\s+)[\w.~+/-]{8,}=*"), r"\1***"),
    (re.compile(r"\b(?:ghp|gho|ghs|github_pat|glpat|hf|pypi|xox[abp]|sk)[-_][A-Za-z0-9_-]{16,}"), "***"),
    (re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b"), "***"),
    (re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*"), "***"),
    (re.compile(r"(/t/)[\w-]{8,}(?=/)"), r"\1***"),  # a channel of conda
    (re.compile(r"/(home|Users)/[^/\s:;,'\"]+"), r"/\1/<user>"),
    (re.compile(r"(?i)\b([A-Z]:\\Users\\)[^\\\s:;,'\"]+"), r"\1<user>"),
)  # fmt: skip

_USER = re.compile(r"(?<!/home/)(?<!/Users/)(?<!\\)<user>")
"""The name of the user in a path; homes of others stay masked."""


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
        machine = host.partition(".")[0]
        for word, end, mask in ((user, "", "<user>"), (machine, r"(?:\.[\w-]+)*", "<host>")):
            if len(word) > 2 and word.lower() not in COMMON:
                whole = rf"(?<![\w.-]){re.escape(word)}{end}(?![\w-])"
                self._rules.append((re.compile(whole), mask))

    def text(self, text: str) -> str:
        """`text` with everything private masked."""
        for pattern, mask in self._rules:
            text = pattern.sub(mask, text)
        return text

    def command(self, line: str) -> str:
        """A command line, masked so that the shell of its owner still understands it.

        `~` means nothing in quotes, and `<user>` is a redirection.
        """
        line = self.text(line).replace("'~/", "~/'")
        pieces = _USER.split(line)
        made = pieces[0]
        for piece in pieces[1:]:
            quoted = made.count("'") % 2
            made += ("'\"$USER\"'" if quoted else '"$USER"') + piece
        return made

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
            commands=[self.command(one) for one in found.commands],
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
