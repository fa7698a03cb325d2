"""KER703 cuda-start-timed-out."""

from __future__ import annotations

from kerlint.rules._gpu import GpuRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class CudaStartTimedOut(GpuRule):
    """The driver does not answer.

    ## What it does

    Calls the driver's libraries in processes of their own, with a time limit. It fires where one of
    them did not come back.

    ## Why is this bad?

    A GPU that is sick or a driver that waits for one makes every program hang at its first look for
    devices, `nvidia-smi` included.

    ## Example

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"}, "gpu": {"calls": [
      {"subject": "cuda", "ended": "timed-out", "seconds": 10.0, "steps": [{"step": "load", "library": "libcuda.so.1", "code": 0}]}]}}
    ```

    ## Use instead

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"}, "gpu": {"calls": [
      {"subject": "cuda", "ended": "well", "steps": [{"step": "load", "library": "libcuda.so.1", "code": 0}, {"step": "cuInit", "code": 0}]}]}}
    ```

    ## References

    - [Xid errors](https://docs.nvidia.com/deploy/xid-errors/index.html)
    """

    code = "KER703"
    name = "cuda-start-timed-out"
    severity = "error"
    errors = ("NVRM: Xid (PCI:...): 79, GPU has fallen off the bus.",)

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each call that ended so."""
        from kerlint.rules._gpu import last_step

        for call in seen.gpu.calls:
            if call.ended == "timed-out":
                yield self.call_failed(
                    call,
                    asked,
                    f"the driver did not answer within {call.seconds:g} s ({last_step(call)} of {call.subject})",
                    help="Look at the kernel log (`dmesg | grep -i xid`); the machine may have to be restarted.",
                )
