"""PyTorch: its devices, a product, a convolution and a compiled function."""

from __future__ import annotations

from . import numbers
from .finding import imported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .recorder import Recorder


def run(record: Recorder, gpu: bool) -> None:
    torch = imported("torch", record)
    device = "cpu"
    with record.step("devices") as outcome:
        names = [f"cuda:{index}" for index in range(torch.cuda.device_count())]
        if not torch.cuda.is_available():
            names = []
        mps = getattr(torch.backends, "mps", None)
        if not names and mps is not None and mps.is_available():
            names = ["mps:0"]
        device = names[0] if names else "cpu"
        names = ["cpu", *names]
        outcome.value = " ".join(names)
        record.write(devices=names)
    with record.step("computed") as outcome:
        left = torch.tensor(numbers.LEFT, device=device)
        found = left @ torch.tensor(numbers.RIGHT, device=device)
        numbers.compare("a product of 8x8 matrices", found.tolist(), numbers.PRODUCT)
        outcome.value = str(found.device)
        record.write(device_of_result=outcome.value)
    if not gpu:
        return
    with record.step("architectures", optional=True) as outcome:
        outcome.value = " ".join(torch.cuda.get_arch_list())
    with record.step("convolved") as outcome:
        image = torch.tensor(numbers.IMAGE, device=device).reshape(1, 1, 4, 4)
        kernel = torch.ones((1, 1, 2, 2), device=device)
        found = torch.nn.functional.conv2d(image, kernel)
        numbers.compare("a convolution", found.tolist(), numbers.CONVOLVED)
        outcome.value = str(found.device)
    if device == "cpu":
        return  # compiling takes long there, and tells nothing of a GPU
    # Keras does not ask torch to compile, and compiling needs a C compiler: what fails here is
    # worth knowing, but no failure of torch.
    with record.step("compiled", optional=True) as outcome:
        compiled = torch.compile(lambda x: (x * x + 1.0).sum())
        found = compiled(torch.tensor(numbers.LEFT, device=device))
        numbers.compare("a compiled function", float(found), numbers.SQUARES)
        outcome.value = str(found.device)
