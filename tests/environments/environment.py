"""An environment that is about to be broken, its home, its project and its variables."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path


class Environment:
    """`home` and `project` are empty folders; `variables` are set where the probe runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = folder / "env"
        self.home = folder / "home"
        self.project = folder / "project"
        self.variables: dict[str, str] = {}
        for made in (self.home, self.project):
            made.mkdir(parents=True)

    @property
    def python(self) -> Path:
        return self.env / "bin" / "python"

    @property
    def site(self) -> Path:
        return next((self.env / "lib").glob("python3.*")) / "site-packages"

    def pip(self, *words: str) -> None:
        """Run the environment's own pip. It warns of what it breaks: that is the purpose."""
        subprocess.run(
            [str(self.python), "-m", "pip", "--disable-pip-version-check", *words],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.project,
        )

    def write(self, name: str, text: str) -> None:
        """Lay out a file in site-packages. A linked one is replaced, never written into."""
        path = self.site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_text(text, encoding="utf-8")

    def remove(self, name: str) -> None:
        """Take a file or folder out of site-packages."""
        path = self.site / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()

    def metadata(self, name: str) -> Path:
        """The dist-info folder of a distribution."""
        return next(self.site.glob(f"{name}-*.dist-info"))

    def keras_json(self, text: str) -> None:
        """The user's settings of Keras."""
        (self.home / ".keras").mkdir()
        (self.home / ".keras" / "keras.json").write_text(text, encoding="utf-8")

    def in_project(self, name: str, text: str = "") -> None:
        """A file of the project."""
        path = self.project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def shell(self) -> dict[str, str]:
        """The variables of the shell in which the probe and the commands run."""
        kept = (
            *("PATH", "TMPDIR", "LANG", "PIP_INDEX_URL", "PIP_CERT"),
            *("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"),
        )
        found = {name: os.environ[name] for name in kept if name in os.environ}
        cache = os.environ.get("PIP_CACHE_DIR", str(Path.home() / ".cache" / "pip"))
        return {
            **found,
            "HOME": str(self.home),
            "PIP_CACHE_DIR": cache,
            "PIP_NO_COMPILE": "1",
            **self.variables,
        }
