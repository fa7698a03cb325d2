"""The options of a requirements file, taken apart as pip does it.

https://pip.pypa.io/en/stable/reference/requirements-file-format/#supported-options
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_SHORT = {
    "-i": "--index-url",
    "-c": "--constraint",
    "-r": "--requirement",
    "-e": "--editable",
    "-f": "--find-links",
    "-C": "--config-settings",
}
_VALUED = (
    "--index-url",
    "--pypi-url",
    "--extra-index-url",
    "--constraint",
    "--requirement",
    "--editable",
    "--find-links",
    "--no-binary",
    "--only-binary",
    "--all-releases",
    "--only-final",
    "--trusted-host",
    "--use-feature",
    "--hash",
    "--config-settings",
    # Of earlier releases of pip: files that have them are right there.
    "--global-option",
    "--install-option",
    "--allow-external",
    "--allow-unverified",
    "--config-setting",
)
_FLAGS = (
    "--no-index",
    "--prefer-binary",
    "--require-hashes",
    "--no-require-hashes",
    "--pre",
    "--allow-all-external",
    "--always-unzip",
    "--process-dependency-links",
    "--use-wheel",
    "--no-use-wheel",
)
_HASHES = ("sha256:", "sha384:", "sha512:")
_OLD_SHORT = {"-Z": "--always-unzip"}


class Option:
    """One option: its long name, its value ("" for a flag), and where the value begins.

    `at`  index of the value in the text that was taken apart; of the option, if there is none
    """

    __slots__ = ("at", "name", "value")

    def __init__(self, name: str, value: str, at: int) -> None:
        self.name = name
        self.value = value
        self.at = at


class Wrong(Exception):
    """Options that pip does not take: why, and from which index to which."""

    def __init__(self, why: str, start: int, end: int) -> None:
        super().__init__(why)
        self.why = why
        self.start = start
        self.end = end


def options(text: str, start: int) -> Iterator[Option]:
    """The options in `text` from `start` on. Raises Wrong."""
    words = iter(_words(text, start))
    for word, at in words:
        if word in ("-", "--") or not word.startswith("-"):
            continue  # pip passes over what is no option
        if word.startswith("--"):
            name, equals, value = word.partition("=")
            name = _long(name, word, at)
            value_at = at + len(word) - len(value)
        else:
            short = word[:2]
            value = word[2:]
            name, equals, value_at = _SHORT.get(short, ""), value, at + 2
            if short in _OLD_SHORT:
                continue
            if not name:
                raise Wrong(f"there is no option `{short}`", at, at + len(word))
        if name in _FLAGS:
            if equals:
                raise Wrong(f"the option `{name}` takes no value", at, at + len(word))
            yield Option(name, "", at)
            continue
        if not equals:
            following = next(words, None)
            if following is None:
                raise Wrong(f"the option `{name}` has no value", at, at + len(word))
            value, value_at = following
        if name == "--hash" and not value.startswith(_HASHES):
            why = "a hash is written `sha256:` (or `sha384:`, `sha512:`) and the digest"
            raise Wrong(why, value_at, value_at + len(value))
        yield Option(name, value, value_at)


def _long(name: str, word: str, at: int) -> str:
    """The whole name of an option; pip lets people write only its beginning."""
    every = (*_VALUED, *_FLAGS)
    if name in every:
        return name
    begun = [one for one in every if one.startswith(name)]
    if len(begun) == 1:
        return begun[0]
    what = "more than one option begins with" if begun else "there is no option"
    raise Wrong(f"{what} `{name}`", at, at + len(word))


def _words(text: str, start: int) -> list[tuple[str, int]]:
    """The words from `start` on, quotes resolved, with the index of each."""
    rest = text[start:]
    if any(one in rest for one in "\"'\\"):
        import shlex

        try:
            words = shlex.split(rest)
        except ValueError:
            raise Wrong("a quotation mark is not closed", start, len(text)) from None
    else:
        words = rest.split()
    found = []
    at = start
    for word in words:
        there = text.find(word, at)
        if there >= 0:
            at = there
        found.append((word, at))
        at = at + len(word) if there >= 0 else at
    return found
