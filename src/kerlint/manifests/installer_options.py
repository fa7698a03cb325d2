"""Command lines of installers word by word: which words are options, and which their values.

Sources: the command references of https://pip.pypa.io/en/stable/cli/pip_install/,
https://docs.astral.sh/uv/reference/cli/, https://pipx.pypa.io/stable/docs/,
https://docs.conda.io/projects/conda/en/stable/commands/, https://python-poetry.org/docs/cli/,
https://pdm-project.org/en/latest/reference/cli/, https://pipenv.pypa.io/en/latest/commands.html,
https://pixi.sh/latest/reference/cli/, https://rye.astral.sh/guide/commands/
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Argument:
    """A word of a command line with its text.

    `text`   quotes resolved and variables filled in, with a `HOLE` for what is unknown
    `raw`    as written
    `start`, `end`  offsets in the script, without quotes around the whole
    """

    __slots__ = ("end", "raw", "start", "text")

    def __init__(self, text: str, raw: str, start: int, end: int) -> None:
        self.text = text
        self.raw = raw
        self.start = start
        self.end = end

    def after(self, length: int) -> Argument:
        """Without the first characters: the value of `--with=keras`."""
        same = self.raw[:length] == self.text[:length]
        start, raw = (self.start + length, self.raw[length:]) if same else (self.start, self.raw)
        return Argument(self.text[length:], raw, start, max(self.end, start))


_VALUED = {
    "pip": (
        "-r --requirement -c --constraint -e --editable -i --index-url --pypi-url "
        "--extra-index-url -f --find-links -t --target --prefix --root --src -b --build -d "
        "--platform --python-version --implementation --abi --upgrade-strategy -C "
        "--config-settings --config-setting --global-option --install-option --no-binary "
        "--only-binary --progress-bar --cache-dir --log --proxy --retries --timeout "
        "--exists-action --trusted-host --cert --client-cert --report --python --use-feature "
        "--use-deprecated --root-user-action --group --build-constraint "
        "--requirements-from-script --uploaded-prior-to --keyring-provider --build-option "
        "--dest --wheel-dir -w"
    ),
    "uv": (
        "-r --requirement --requirements -c --constraint --constraints --override --overrides "
        "--build-constraint --build-constraints -e --editable -i --index --default-index "
        "--index-url --extra-index-url -f --find-links -p --python -t --target --prefix "
        "--extra --group --only-group --no-group --with --with-editable --with-requirements "
        "-w --from --upgrade-package -P --refresh-package --reinstall-package --no-binary "
        "--only-binary --no-build-package --no-binary-package --index-strategy "
        "--keyring-provider --resolution --prerelease --fork-strategy --exclude-newer "
        "--link-mode --config-setting -C --cache-dir --directory --project --config-file "
        "--color --env-file -m --module --package --branch --tag --rev --optional --marker "
        "--bounds --torch-backend --python-platform --python-version --no-extra "
        "--allow-insecure-host --no-install-package --excludes -b --exclude-newer-package "
        "--prerelease-package --config-settings-package --no-build-isolation-package "
        "--no-editable-package --no-emit-package --no-sources-package --upgrade-group --script "
        "--with-executables-from --cert --format --output-format -o --output-file "
        "--annotation-style --custom-compile-command"
    ),
    "pipx": ("--spec --pip-args --python --index-url -i --suffix -r --requirement"),
    "conda": (
        "-n --name -p --prefix -c --channel -f --file --solver --clone --platform --subdir "
        "--repodata-fn --revision -rc-file --rc-file -r --root-prefix --channel-priority "
        "--categories --experimental-solver"
    ),
    "poetry": (
        "-E --extras -G --group --with --without --only -C --directory -P --project --python "
        "--platform --source --optional-group --optional --markers"
    ),
    "pdm": (
        "-G --group --with --without -p --project -L --lockfile -e --editable -C "
        "--config-setting --override -k --skip"
    ),
    "rye": "--git --url --path --tag --rev --branch --features --optional --pyproject --pin",
    "pixi": (
        "-f --feature -e --environment -p --platform --manifest-path -g --git --branch --tag "
        "--rev -s --subdir --pypi-config-index --tls-root-certs --color -c --channel --expose "
        "--with"
    ),
    "pipenv": (
        "-r --requirements -e --editable --python -i --index --extra-pip-args --pypi-mirror "
        "--categories --extra-index-url"
    ),
}
_VALUES = {tool: frozenset(options.split()) for tool, options in _VALUED.items()}
"""Options that a value follows."""


def parsed(tool: str, words: Sequence[Argument]) -> Iterator[tuple[str, Argument]]:
    """Options with their values, and arguments with the option ""; flags have an empty value."""
    valued = _VALUES[tool]
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        text = word.text
        if text == "--":
            yield from (("", rest) for rest in words[at:])
            return
        if text.startswith("--"):
            name, equals, _ = text.partition("=")
            if equals:
                yield name, word.after(len(name) + 1)
            elif name in valued and at < len(words):
                yield name, words[at]
                at += 1
            else:
                yield name, Argument("", "", word.start, word.end)
        elif text.startswith("-") and len(text) > 1:
            for index in range(1, len(text)):
                name = f"-{text[index]}"
                if name not in valued:
                    yield name, Argument("", "", word.start, word.end)
                    continue
                if index + 1 < len(text):
                    rest = word.after(index + 1)
                    yield name, rest.after(1) if rest.text.startswith("=") else rest
                elif at < len(words):
                    yield name, words[at]
                    at += 1
                break
        elif text:
            yield "", word


def subcommand(tool: str, words: Sequence[Argument]) -> tuple[str, Sequence[Argument]]:
    """The subcommand and what follows it; options before it are passed over."""
    at = 0
    while at < len(words):
        text = words[at].text
        if not text.startswith("-"):
            return text, words[at + 1 :]
        at += 2 if "=" not in text and text in _VALUES[tool] else 1
    return "", ()


def is_valued(tool: str, option: str) -> bool:
    """Whether the next word belongs to `option`."""
    return "=" not in option and option in _VALUES[tool]
