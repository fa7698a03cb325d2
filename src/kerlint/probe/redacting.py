"""Takes out of texts what tells whose they are: names, homes, identifiers, credentials.

Homes become `~`, the user's and the machine's names `<user>` and `<host>`, devices lose their
unique ids and serial numbers, addresses lose credentials and, where packages come from, all but
the scheme; what looks like a token or stands behind `password=` is starred out.

Python 3.8: the collector carries this part, for where it is run by hand.
"""

from __future__ import annotations

import os
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from re import Pattern
    from typing import Any

_COMMON = (
    "root me user admin python ubuntu debian linux runner localhost local jovyan vm pc host server "
    "node node1 gpu cuda nvidia ai ml dl tf keras tensorflow torch jax numpy docker conda colab "
    "kaggle train test build main home env data work app"
)
COMMON = frozenset(_COMMON.split())
"""Names that tell nothing about anybody, and words that messages need."""

_SECRET_WORDS = (
    r"(?:pass(?:word|wd|phrase)|pwd|token|secret|credentials?|(?:api|access|private)[_-]?key)"
)
_SECRET_NAME = re.compile(rf"{_SECRET_WORDS}|PASS\b|AUTH\b|_KEY\b|(?<![A-Z])KEY$", re.I)

_RULES = (
    (re.compile(r"\b(GPU|MIG)-(?:GPU-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}[\w/]*", re.I), r"\1-<id>"),
    (re.compile(r"(?i)(serial(?: number)?\s*[:=]\s*)\w+"), r"\1<serial>"),
    # An address with credentials is nobody's business as a whole.
    (re.compile(r"(\b[a-z][a-z0-9+.-]*://)[^\s/@'\"]+@[^\s'\",;)\]}]*"), r"\1***"),
    (re.compile(r"(?i)(looking in (?:indexes|links): ).*"), r"\1<address>"),
    (re.compile(r"(?i)((?:--(?:extra-)?index|index[-_]url|trusted[-_]host|find[-_]links)[=: ]+)\S+"), r"\1<address>"),
    (re.compile(r"(?i)\b(authorization['\"]?\s*[=:]\s*['\"]?\w+\s+)[^\s'\"]+"), r"\1***"),
    # `password=x`, `"my_token": "x"`, `os.environ['AWS_SECRET_ACCESS_KEY'] = 'x'`
    (re.compile(rf"(?i)(?<![a-z])({_SECRET_WORDS}(?:[_-]\w+)?['\"\])]*\s*[=:]\s*['\"]?)[^\s'\"&,;]+"), r"\1***"),
    (re.compile(rf"(?i)(--[\w-]*{_SECRET_WORDS}\s+)[^\s'\"-]\S*"), r"\1***"),
    (re.compile(r"(?i)([?&](?:sig|signature|key)=)[^\s&'\"]+"), r"\1***"),
    (re.compile(r"(?i)\b(bearer\s+)[\w.~+/-]{8,}=*"), r"\1***"),
    (re.compile(r"\b(?:ghp|gho|ghs|github_pat|glpat|hf|pypi|xox[abp]|sk)[-_][A-Za-z0-9_-]{16,}"), "***"),
    (re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b"), "***"),
    (re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*"), "***"),
    (re.compile(r"(/t/)[\w-]{8,}(?=/)"), r"\1***"),  # a channel of conda
    (re.compile(r"/(home|Users)/[^/\s:;,'\"]+"), r"/\1/<user>"),
    (re.compile(r"(?i)\b([A-Z]:\\Users\\)[^\\\s:;,'\"]+"), r"\1<user>"),
)  # fmt: skip


class Redactor:
    """`home`, `user`, `host`: of the machine that was examined; "" for unknown."""

    def __init__(self, home: str = "", user: str = "", host: str = "") -> None:
        self._rules: list[tuple[Pattern[str], str]] = []
        if len(home.rstrip("/\\")) > 3:
            end = r"(?=[/\\]|$|[\s:;,'\")\]])"
            self._rules.append((re.compile(re.escape(home.rstrip("/\\")) + end), "~"))
        self._rules.extend(_RULES)
        machine = host.partition(".")[0]
        for word, end, mask in ((user, "", "<user>"), (machine, r"(?:\.[\w-]+)*", "<host>")):
            if len(word) > 1 and word.lower() not in COMMON:
                whole = rf"(?<![\w.-]){re.escape(word)}{end}(?![\w-])"
                self._rules.append((re.compile(whole), mask))

    def text(self, text: str) -> str:
        """`text` with everything private masked."""
        for pattern, mask in self._rules:
            text = pattern.sub(mask, text)
        return text

    def variable(self, name: str, value: str) -> str:
        """The value of an environment variable."""
        return "***" if value and _SECRET_NAME.search(name) else self.text(value)

    def deep(self, value: Any) -> Any:
        """A copy of JSON values with every string masked."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {
                self.text(key): self.variable(key, one) if isinstance(one, str) else self.deep(one)
                for key, one in value.items()
            }
        if isinstance(value, (list, tuple)):
            return [self.deep(one) for one in value]
        return value


def names_here() -> tuple[str, str, str]:
    """The home, the user and the name of this machine; "" for what cannot be told."""
    user = next(
        (os.environ[one] for one in ("LOGNAME", "USER", "USERNAME") if os.environ.get(one)), ""
    )
    if not user and os.name == "posix":
        import pwd

        try:
            user = pwd.getpwuid(os.getuid()).pw_name
        except KeyError:  # no entry for this user
            user = ""
    host = os.uname().nodename if os.name == "posix" else os.environ.get("COMPUTERNAME", "")
    return os.path.expanduser("~"), user, host
