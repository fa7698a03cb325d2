"""KER411 gpu-extra-platform."""

from __future__ import annotations

from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.manifests.installations import Installation
    from kerlint.manifests.model import Requirement
    from kerlint.rules.installing import InstallContext


class GpuExtraPlatform(Rule):
    """GPU extras or wheels where the platform has none, or that exclude each other.

    ## What it does

    Finds

    - `tensorflow[and-cuda]` where only Windows or macOS is meant (by a marker, or because the job
      runs there): its CUDA wheels are for Linux;
    - `tensorflow-metal` where only Linux or Windows is meant, or beside CUDA: it is for macOS;
    - `tensorflow[and-cuda]` in a conda environment that has CUDA of its own: two copies of it;
    - exact CUDA wheels of TensorFlow, JAX and PyTorch that exclude each other. TensorFlow 2.14 to
      2.19 with `[and-cuda]` pins every one of its CUDA wheels, and so does PyTorch; no two of them
      pin the same.

    ## Why is this bad?

    The installation fails for want of wheels, or gets a CUDA that TensorFlow does not load.

    ## Example

    ```text
    # file: requirements.txt
    tensorflow[and-cuda]==2.18.0; sys_platform == "win32"
    ```

    ## Use instead

    ```text
    # file: requirements.txt
    tensorflow[and-cuda]==2.18.0; sys_platform == "linux"
    tensorflow==2.18.0; sys_platform != "linux"
    ```

    ## References

    - [Installing TensorFlow](https://www.tensorflow.org/install/pip)
    - [CUDA wheels of PyTorch and JAX](https://github.com/pytorch/pytorch/issues/97990)
    """

    code = "KER411"
    name = "gpu-extra-platform"
    severity = "warning"
    trigger = Trigger()

    def check_installation(
        self, installation: Installation, context: InstallContext
    ) -> Iterator[Diagnostic]:
        """Yield lines that ask for what their platform does not have, and CUDA's conflicts."""
        from kerlint.rules.manifests import _conflicts

        if installation.kind not in ("asked", "step"):
            return
        cuda = [one for one in installation.requirements if _wants_cuda(one)]
        yield from self._elsewhere(cuda, installation)
        yield from self._metal(cuda, installation)
        yield from self._twice(cuda, installation)
        if not cuda and not any(one.name in _CUDA_USERS for one in installation.requirements):
            return
        conflict = _conflicts.told(installation, context)
        if conflict is not None and _conflicts.is_about_cuda(conflict):
            yield _conflicts.finding(self, conflict, installation, context, severity="error")

    def _elsewhere(
        self, cuda: list[Requirement], installation: Installation
    ) -> Iterator[Diagnostic]:
        from kerlint.rules.manifests._places import at

        for one in cuda:
            where = _where(one, installation)
            if where and "linux" not in where:
                shown = f"{one.name}[{','.join(one.extras)}]"
                yield at(
                    self,
                    one,
                    f"the CUDA wheels of `{shown}` are for Linux, and this line is for "
                    f"{_named(where)}",
                    help=f"ask for `{one.name}{one.specifier}` there"
                    + _for_windows("windows" in where),
                )

    def _metal(self, cuda: list[Requirement], installation: Installation) -> Iterator[Diagnostic]:
        from kerlint.manifests.marker_places import together
        from kerlint.rules.manifests._places import also, at

        for one in installation.requirements:
            if one.name != "tensorflow-metal":
                continue
            where = _where(one, installation)
            if where and "macos" not in where:
                yield at(
                    self,
                    one,
                    f"`tensorflow-metal` is for macOS, and this line is for {_named(where)}",
                    help="leave it out there",
                )
                continue
            beside = [other for other in cuda if together(one.marker, other.marker)]
            if beside:
                yield at(
                    self,
                    one,
                    "`tensorflow-metal` is for macOS, and CUDA is for Linux: no machine takes both",
                    help='give both lines a marker: `; sys_platform == "darwin"` and '
                    '`; sys_platform == "linux"`',
                    related=(also(beside[0], "for Linux"),),
                )

    def _twice(self, cuda: list[Requirement], installation: Installation) -> Iterator[Diagnostic]:
        from kerlint.rules.manifests._places import also, at

        own = [
            one
            for one in installation.requirements
            if one.ecosystem == "conda" and one.name in _CONDA_CUDA
        ]
        for one in cuda:
            if own and one.ecosystem == "pypi" and one.name.startswith("tensorflow"):
                yield at(
                    self,
                    one,
                    f"`{one.name}[and-cuda]` brings its own CUDA, beside that of the conda "
                    "environment: which of them is loaded depends on paths",
                    help="leave out the CUDA of conda, or the extra",
                    related=[also(other, "CUDA of the environment") for other in own],
                )


_CONDA_CUDA = frozenset(
    ("cudatoolkit", "cudnn", "cuda", "cuda-toolkit", "cuda-runtime", "cuda-libraries")
)
_CUDA_USERS = frozenset(("torch", "jax", "jaxlib", "tensorflow", "cupy-cuda12x"))


def _wants_cuda(one: Requirement) -> bool:
    return one.name in ("tensorflow", "tf-nightly") and "and-cuda" in one.extras


def _where(one: Requirement, installation: Installation) -> frozenset[str]:
    """The platforms that the line is for; empty where nobody says so."""
    from kerlint.manifests.marker_places import only_on

    where = only_on(one.marker)
    if installation.platforms:
        where &= frozenset(each.partition("-")[0] for each in installation.platforms)
        return where
    return where if one.marker and len(where) < 3 else frozenset()


def _named(platforms: frozenset[str]) -> str:
    from kerlint.rules.manifests._places import listed

    names = {"linux": "Linux", "macos": "macOS", "windows": "Windows"}
    return listed([names[one] for one in sorted(platforms)])


def _for_windows(windows: bool) -> str:
    return "; TensorFlow uses GPUs on Windows only in WSL" if windows else ""
