"""KER723 gpu-library-version."""

from __future__ import annotations

import re

from kerlint.rules._gpu import Evidence, GpuRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.installed import Installed
    from kerlint.probe.observations import Build, Observations
    from kerlint.rules._gpu import Wheel

_SAID = re.compile(
    r"Loaded runtime CuDNN library: ([\d.]+) but source was compiled with: ([\d.]+\d)"
)


class GpuLibraryVersion(GpuRule):
    """A CUDA library is not of a version for which the framework was built.

    ## What it does

    Compares the installed `nvidia-*` wheels with what the GPU extra of TensorFlow and JAX asks for
    (an installer only looks at that when the extra is named), asks cuDNN itself for its version,
    and reads what TensorFlow says when it runs.

    ## Why is this bad?

    Another package, often PyTorch, brought an older cuDNN. The import is fine; the first
    convolution fails.

    ## Example

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"},
     "interpreter": {"markers": {"python_version": "3.11"}},
     "distributions": [
       {"name": "tensorflow", "version": "2.21.0", "extras": ["and-cuda"],
        "metadata": "/env/lib/python3.11/site-packages/tensorflow-2.21.0.dist-info",
        "requires": ["nvidia-cudnn-cu12<10,>=9.3.0.75; extra == \\"and-cuda\\""]},
       {"name": "nvidia-cudnn-cu12", "version": "9.1.0.70",
        "metadata": "/env/lib/python3.11/site-packages/nvidia_cudnn_cu12-9.1.0.70.dist-info"}],
     "builds": [{"package": "tensorflow", "version": "2.21.0", "gpu": true, "cuda": "12.5.1"}]}
    ```

    ## Use instead

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"},
     "interpreter": {"markers": {"python_version": "3.11"}},
     "distributions": [
       {"name": "tensorflow", "version": "2.21.0", "extras": ["and-cuda"],
        "metadata": "/env/lib/python3.11/site-packages/tensorflow-2.21.0.dist-info",
        "requires": ["nvidia-cudnn-cu12<10,>=9.3.0.75; extra == \\"and-cuda\\""]},
       {"name": "nvidia-cudnn-cu12", "version": "9.10.2.21",
        "metadata": "/env/lib/python3.11/site-packages/nvidia_cudnn_cu12-9.10.2.21.dist-info"}],
     "builds": [{"package": "tensorflow", "version": "2.21.0", "gpu": true, "cuda": "12.5.1"}]}
    ```

    ## References

    - [tensorflow #60913](https://github.com/tensorflow/tensorflow/issues/60913)
    - [cuDNN](https://docs.nvidia.com/deeplearning/cudnn/backend/latest/reference/support-matrix.html)
    """

    code = "KER723"
    name = "gpu-library-version"
    severity = "error"
    errors = (
        "Loaded runtime CuDNN library: 9.1.0 but source was compiled with: 9.3.0. CuDNN library "
        "needs to have matching major version and equal or higher minor version.",
        "DNN library initialization failed. Look at the errors above for more details.",
        "DNN library is not found.",
        "RuntimeError: Found cuDNN version ..., but JAX was built against version ..., which is "
        "newer. The copy of cuDNN that is installed must be at least as new as the version "
        "against which JAX was built.",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield what each framework in use says, asks for, or would load."""
        from kerlint.probe.installed import Installed, fits
        from kerlint.rules._gpu import cuda_builds, wheels, works

        said = False
        for trial in seen.trials:
            match = _SAID.search(f"{trial.output}\n{trial.error}\n{trial.traceback}")
            if match and not said:
                said = True
                yield self._said(match[1], match[2], trial.subject, seen, asked)
        installed = Installed(seen)
        for build in cuda_builds(seen, asked):
            if works(seen, build.package, "convolved"):
                continue
            wrong = [
                one
                for one in wheels(build.package, installed)
                if one.have is not None and fits(one.specifier, one.have.version) is False
            ]
            if wrong and not said:
                yield self._wheels(build.package, wrong, installed, seen, asked)
            elif not said:
                yield from self._asked_itself(build, installed, seen, asked)

    def _said(
        self, loaded: str, built: str, framework: str, seen: Observations, asked: Asked
    ) -> Finding:
        from kerlint.probe.installed import Installed
        from kerlint.rules._gpu import wheels

        paths = [
            path
            for one in seen.trials
            for path in one.loaded
            if path.rpartition("/")[2].startswith("libcudnn.so")
        ]
        installed = Installed(seen)
        lines, against = _lines(
            [one for one in wheels("tensorflow", installed) if one.name.startswith("nvidia-cudnn")],
            installed,
        )
        return self.finding(
            f"{framework} was built for cuDNN {built} and has loaded {loaded}",
            paths[0] if paths else "libcudnn",
            severity=self.grave(asked),
            help=_apart(against)
            or "Install a cuDNN that is not older; if another copy was loaded, take its folder out of "
            "LD_LIBRARY_PATH.",
            evidence=[
                Evidence(
                    f"Loaded runtime CuDNN library: {loaded}, compiled with: {built}", framework
                ),
                *(Evidence(f"loaded: {path}", "process map") for path in paths[:1]),
                *self.wanted(asked),
            ],
            seen="live",
            commands=[asked.owner.install(*lines)] if lines and not against else [],
            subject="gpu library version",
            causes=["gpu failed", f"gpu used {framework}", f"gpu used keras {framework}"],
        )

    def _asked_itself(
        self, build: Build, installed: Installed, seen: Observations, asked: Asked
    ) -> Iterator[Finding]:
        """cuDNN's own answer, against the lowest version that the framework's extra asks for; of
        builds for another cuDNN than the extra's (NVIDIA's own), against nothing."""
        from kerlint.knowledge.cuda import cudnn_serves, cudnn_version, numbers
        from kerlint.rules._gpu import step, wheels

        package = build.package
        answer = step(seen, "cudnn", "cudnnGetVersion")
        if answer is None or not answer.value.isdigit() or int(answer.value) < 1000:
            return
        loaded = cudnn_version(int(answer.value))
        for one in wheels(package, installed):
            built = re.search(r"(?:>=|==|~=)([\d.]+)", one.specifier)
            if not one.name.startswith("nvidia-cudnn") or built is None:
                continue
            if build.cudnn and numbers(build.cudnn)[:1] != numbers(built[1])[:1]:
                continue
            if not cudnn_serves(loaded, built[1]):
                yield self.finding(
                    f"{package} needs cuDNN {built[1]} or newer, and the one that is found is "
                    f"{loaded}",
                    answer.library,
                    severity=self.grave(asked),
                    help="Install a cuDNN that is not older, and keep other copies off "
                    "LD_LIBRARY_PATH.",
                    evidence=[
                        Evidence(f"cudnnGetVersion answers {answer.value}", answer.library),
                        Evidence(
                            f"{one.by.name}[{one.extra}]: {one.name}{one.specifier}",
                            f"{one.by.metadata}/METADATA",
                        ),
                        *self.wanted(asked),
                    ],
                    confidence="likely",
                    seen="live",
                    commands=[asked.owner.install(f"{one.name}{one.specifier}")],
                    subject="gpu library version",
                    causes=["gpu failed", f"gpu used {package}", f"gpu used keras {package}"],
                )

    def _wheels(
        self,
        package: str,
        wrong: list[Wheel],
        installed: Installed,
        seen: Observations,
        asked: Asked,
    ) -> Finding:
        from kerlint.rules._gpu import install_gpu

        lines, against = _lines(wrong, installed)
        first = wrong[0]
        assert first.have is not None
        help = _apart(against) or "Install what the framework asks for."
        return self.finding(
            f"{first.by.name} {first.by.version} asks for {first.name}{first.specifier} on GPUs, "
            f"and {first.have.version} is installed"
            + (f"; {len(wrong) - 1} more" if len(wrong) > 1 else ""),
            f"{first.have.metadata}/METADATA",
            severity=self.grave(asked),
            help=help,
            evidence=[
                *(
                    Evidence(
                        f"{one.by.name}[{one.extra}]: {one.name}{one.specifier}; "
                        f"{one.have.version} is installed",
                        f"{one.by.metadata}/METADATA",
                    )
                    for one in wrong[:5]
                    if one.have is not None
                ),
                *self.wanted(asked),
            ],
            confidence="likely",
            commands=[]
            if against or not lines
            else install_gpu("jax", seen, installed, asked)
            if first.name.startswith("jax-")
            else [asked.owner.install(*lines)],
            subject="gpu library version",
            causes=["gpu failed", f"gpu used {package}", f"gpu used keras {package}"],
        )


def _lines(wanted: list[Wheel], installed: Installed) -> tuple[list[str], list[str]]:
    """What to install so that all who ask for these wheels are content, and who cannot be."""
    from kerlint.probe.clashes import joined, possible

    lines, against = [], []
    for one in wanted:
        others = [
            (each, need)
            for each in installed.by_name.values()
            for need in installed.needs(each)
            if need.name == one.name and need.specifier
        ]
        specifier = joined([one.specifier, *(need.specifier for _, need in others)])
        if possible(specifier):
            lines.append(f"{one.name}{specifier}")
        else:
            against += [f"{each.name} {each.version}" for each, _ in others]
    return lines, against


def _apart(against: list[str]) -> str:
    """That two frameworks cannot share an environment; "" where nobody stands against it."""
    if not against:
        return ""
    return (
        f"{', '.join(dict.fromkeys(against))} asks for another one: use an environment for each "
        "framework."
    )
