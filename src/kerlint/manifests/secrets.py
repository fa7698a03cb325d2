"""Credentials in addresses, made unreadable before anything is printed.

Each character of a secret becomes `*`, so that columns stay what they are.
"""

from __future__ import annotations

import re

# Patterns are compiled when the first address comes along: most manifests hold none.
_ADDRESS = r"://((?:(?!://)[^\s\"'<>`])+)"
_PORT = r"\d{1,5}(?:/|$)"
_QUERY = (
    r"(?i)([?&;][\w.-]*?(?:token|secret|passwor[dt]|passwd|pwd|signature|credential|api[_-]?key"
    r"|access[_-]?key|sig|auth|key)=)([^&#\s\"'<>;]+)"
)
_TOKEN = r"\b(?:gh[opsur]_|github_pat_|glpat-|pypi-AgE|xox[bp]-|hf_(?=\w{20})|AKIA(?=\w{16}))[\w-]+"
_SIGNS = ("gh", "glpat-", "pypi-AgE", "xox", "hf_", "AKIA", "github_pat_")
"""Every token begins with one of these."""
_EXPANDED = r"\$\{\w+\}|\$\w+|%\w+%|\{+\s*[\w.]+\s*\}+"
_HARMLESS = frozenset({"git", "hg", "svn", "bzr", ""})
"""Users that everybody has."""


def masked(text: str) -> str:
    """The text, of the same length, with `*` for passwords and tokens in addresses."""
    if "://" in text:
        text = re.sub(_ADDRESS, _without_login, text)
        if "=" in text:
            text = re.sub(_QUERY, lambda found: found[1] + _stars(found[2]), text)
    for sign in _SIGNS:
        if sign in text:
            return re.sub(_TOKEN, lambda found: "*" * len(found[0]), text)
    return text


def _without_login(found: re.Match[str]) -> str:
    whole, rest = found[0], found[1]
    head = whole[: len(whole) - len(rest)]
    # Up to the last @ of what can be a host; a password may hold an @ itself.
    host = re.match(r"[^/?#]*", rest)
    end = host[0].rfind("@") if host else -1
    if end < 0:
        # A password with a slash in it, which no standard admits and people write.
        user, colon, after = rest.partition(":")
        end = rest.rfind("@")
        if not colon or "/" in user or end < len(user) or re.match(_PORT, after):
            return whole
    login = rest[:end]
    user, colon, password = login.partition(":")
    if colon:
        shown = user if user in _HARMLESS else _stars(user)
        return f"{head}{shown}:{_stars(password)}{rest[end:]}"
    return f"{head}{user if user in _HARMLESS else _stars(user)}{rest[end:]}"


def _stars(text: str) -> str:
    """Stars for a secret; the name of a variable that holds one is none."""
    if re.fullmatch(_EXPANDED, text):
        return text
    return "*" * len(text)
