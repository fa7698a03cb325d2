"""KER704 cuda-start-crashed."""

from __future__ import annotations

from kerlint.rules._gpu import GpuRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class CudaStartCrashed(GpuRule):
    """The driver's library crashes.

    ## What it does

    Calls the driver's libraries in processes of their own. It fires where one of them was ended by a
    signal.

    ## Why is this bad?

    Every program that looks for a GPU ends in the same way, without a message of Python.

    ## Example

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"}, "gpu": {"calls": [
      {"subject": "cuda", "ended": "crashed", "signal": 11, "steps": [{"step": "load", "library": "libcuda.so.1", "code": 0}]}]}}
    ```

    ## Use instead

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"}, "gpu": {"calls": [
      {"subject": "cuda", "ended": "well", "steps": [{"step": "load", "library": "libcuda.so.1", "code": 0}, {"step": "cuInit", "code": 0}]}]}}
    ```

    ## References

    - [Xid errors](https://docs.nvidia.com/deploy/xid-errors/index.html)
    """

    code = "KER704"
    name = "cuda-start-crashed"
    severity = "error"
    errors = ("Segmentation fault (core dumped)",)

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each call that ended so."""
        from kerlint.rules._gpu import last_step

        for call in seen.gpu.calls:
            if call.ended == "crashed":
                yield self.call_failed(
                    call,
                    asked,
                    f"{call.subject} crashed with signal {call.signal} in {last_step(call)}",
                    help="Install the driver again; look whether LD_LIBRARY_PATH brings in a copy of it.",
                )
