"""Run the real command on a scratch folder, in an environment that holds no surprises."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"

LATE = "import keras\nimport os\n\nos.environ['KERAS_BACKEND'] = 'jax'\n"
"""Code with one finding, KER201, whatever the target."""

CLEAN = "import keras\n\nlayer = keras.layers.Dense(1)\n"
"""Code about Keras without a finding, whatever the target."""

PLAIN = "import os\n\nprint(os.getcwd())\n"
"""Code that has nothing to do with Keras."""


def environment(home: Path, **more: str) -> dict[str, str]:
    """The variables that the command gets: no colours, no CI, no settings of the machine."""
    path = os.pathsep.join(filter(None, (str(SOURCE), os.environ.get("PYTHONPATH"))))
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "PYTHONPATH": path,
        "LC_ALL": "C.UTF-8",
        "GIT_CONFIG_NOSYSTEM": "1",
        **more,
    }


class Kerlint:
    """The command, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, name: str, content: str | bytes = LATE) -> Path:
        """Put a file into the folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        path.write_bytes(data)
        return path

    def start(self, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
        """Start the command and do not wait for it."""
        return subprocess.Popen(
            [sys.executable, "-m", "kerlint", *arguments],
            cwd=self.folder,
            env=environment(self.folder, **more),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def __call__(
        self, *arguments: str, stdin: str | bytes = b"", **more: str
    ) -> subprocess.CompletedProcess[str]:
        """Run the command to its end."""
        data = stdin.encode() if isinstance(stdin, str) else stdin
        with self.start(*arguments, **more) as process:
            out, err = process.communicate(data, timeout=120)
        return subprocess.CompletedProcess(
            arguments,
            process.returncode,
            out.decode("utf-8", "surrogateescape").replace("\r\n", "\n"),
            err.decode("utf-8", "surrogateescape").replace("\r\n", "\n"),
        )

    def concise(self, *arguments: str, **more: str) -> tuple[list[str], int]:
        """The findings of a check, one `path:line:column CODE` a line, and the exit code."""
        done = self(*arguments, "--output-format", "concise", "-q", **more)
        assert "Traceback" not in done.stderr, done.stderr
        return [_short(line) for line in done.stdout.splitlines()], done.returncode


def _short(line: str) -> str:
    place, _, rest = line.partition(": ")
    return f"{place} {rest.partition('KER')[1]}{rest.partition('KER')[2][:3]}"
