"""KER701 to KER741: the way to the GPU, from its door on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kerlint.probe.exchange import observations
from kerlint.probe.gpu_observations import Call, Gpu, GpuStack, Library, Step
from kerlint.probe.judging import judge
from kerlint.probe.observations import Build, CondaPackage, Container, Observations
from kerlint.probe.trial_observations import Trial
from tests.probe.scenes import SITE, asked, dist, failed, seen
from tests.rules.environment.judged import finding, findings, severities

WANTED = {"gpu": ["--require-gpu"]}
AND_CUDA = 'nvidia-cudnn-cu12<10.0,>=9.3.0.75; extra == "and-cuda"'
TENSORFLOW = dist("tensorflow", "2.21.0", AND_CUDA, extras=["and-cuda"])
KERAS = dist("keras", "3.15.1")
BUILD = Build(
    "tensorflow",
    "2.21.0",
    "/build_info.py",
    True,
    "12.5.1",
    "9",
    capabilities=["sm_60", "sm_70", "sm_80", "sm_89", "compute_90"],
)
LIBRARIES = [
    Library(soname, f"/env/nvidia/{soname}", "wheel")
    for soname in (
        *("libcudart.so.12", "libcublas.so.12", "libcublasLt.so.12", "libcufft.so.11"),
        *("libcusolver.so.11", "libcusparse.so.12", "libcudnn.so.9"),
    )
]
NO_FILE = "libcuda.so.1: cannot open shared object file: No such file or directory"


def cuda(code: int | None = 0, *steps: Step, **more: Any) -> Call:
    start = [Step("load", "libcuda.so.1", 0)]
    if code is not None:
        start.append(Step("cuInit", "libcuda.so.1", code))
    return Call("cuda", "well", steps=[*start, *steps], **more)


def machine(*calls: Call, **gpu: Any) -> Observations:
    """A machine with TensorFlow for GPUs and all its libraries."""
    given: dict[str, Any] = {
        "libraries": LIBRARIES,
        "ptxas": ["/bin/ptxas"],
        "libdevice": ["/libdevice.10.bc"],
        "device_nodes": ["/dev/nvidia0", "/dev/nvidiactl"],
        "devices": [Gpu(0, "NVIDIA L4", "8.9", 24 << 30, 23 << 30)],
        "driver_version": "580.82.07",
        "kernel_version": "580.82.07",
        "driver_cuda": "13.0",
        "calls": list(calls) or [cuda()],
    }
    return seen(TENSORFLOW, KERAS, builds=[BUILD], gpu=GpuStack(**{**given, **gpu}))


NO_DRIVER: dict[str, Any] = {
    "device_nodes": [],
    "devices": [],
    "driver_version": "",
    "kernel_version": "",
    "driver_cuda": "",
    "pci_devices": 0,
    "calls": [Call("cuda", "well", steps=[Step("load", "libcuda.so.1", None, "", NO_FILE)])],
}


def judged(what: Observations, **wishes: Any) -> list[tuple[str, str]]:
    return [(one.code, one.severity) for one in judge(what, asked(what, **{**WANTED, **wishes}))]


def test_a_machine_with_a_gpu_is_silent() -> None:
    ran = Trial("tensorflow", ended="well", devices=["CPU:0", "GPU:0"], device_of_result="GPU:0")
    what = machine()
    what.trials = [ran]
    assert judged(what) == []
    assert judged(what, gpu=[]) == []


def test_a_machine_without_a_gpu_is_silent_where_nobody_wants_one() -> None:
    assert judged(machine(**NO_DRIVER, libraries=[]), gpu=[]) == []


def test_without_a_driver_there_is_nothing_else_to_say() -> None:
    what = machine(**NO_DRIVER, libraries=[], ptxas=[], libdevice=[])
    what.trials = [Trial("tensorflow", ended="well", devices=["CPU:0"], device_of_result="CPU:0")]
    assert judged(what) == [("KER721", "error")]


def test_a_gpu_on_the_bus_without_a_driver_is_mentioned() -> None:
    what = machine(**{**NO_DRIVER, "pci_devices": 1})
    assert judged(what, gpu=[]) == [("KER721", "info")]


def test_a_container_without_gpus_is_the_root_of_all() -> None:
    what = machine(**NO_DRIVER, libraries=[])
    what.container = Container("docker", ["/.dockerenv"])
    assert judged(what) == [("KER731", "error")]


@pytest.mark.parametrize(
    ("kind", "words"),
    [("docker", "--gpus all"), ("kubernetes", "nvidia.com/gpu"), ("singularity", "--nv")],
)
def test_how_a_container_gets_its_gpus(kind: str, words: str) -> None:
    what = machine(**NO_DRIVER)
    what.container = Container(kind, [])
    assert words in finding("KER731", what, **WANTED).help


def test_a_container_that_was_given_none_on_purpose() -> None:
    what = machine(**NO_DRIVER)
    what.container = Container("docker", ["/.dockerenv"])
    what.environment = {"NVIDIA_VISIBLE_DEVICES": "void"}
    assert not findings("KER731", what, **WANTED)
    assert finding("KER711", what, **WANTED).path == "NVIDIA_VISIBLE_DEVICES"


def test_capabilities_of_a_container() -> None:
    gone = {**NO_DRIVER, "device_nodes": ["/dev/nvidia0"], "devices": [Gpu(0, "L4")]}
    what = machine(**gone)
    what.container = Container("docker", ["/.dockerenv"])
    what.environment = {"NVIDIA_DRIVER_CAPABILITIES": "utility"}
    assert judged(what) == [("KER732", "error")]
    what.environment = {"NVIDIA_DRIVER_CAPABILITIES": "compute,utility"}
    assert not findings("KER732", what, **WANTED)


# The driver


def test_no_device() -> None:
    assert judged(machine(cuda(100))) == [("KER701", "error")]
    assert judged(machine(cuda(100)), gpu=[]) == [("KER701", "info")]
    none = cuda(0, Step("cuDeviceGetCount", "libcuda.so.1", 0, "0"))
    assert severities("KER701", machine(none), **WANTED) == ["error"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (999, "the driver says no more"),
        (802, "fabric manager"),
        (804, "forward compatibility"),
        (101, "MIG"),
        (4711, "unknown to this version of kerlint"),
    ],
)
def test_codes_are_translated(code: int, words: str) -> None:
    what = machine(cuda(code))
    assert words in finding("KER702", what, **WANTED).message
    assert judged(what) == [("KER702", "error")]


def test_a_kernel_module_that_is_not_loaded() -> None:
    nvml = Call(
        "nvml", "well", steps=[Step("load", "libnvidia-ml.so.1", 0), Step("nvmlInit_v2", "", 9)]
    )
    assert "is not loaded" in finding("KER702", machine(nvml), **WANTED).message


def test_a_driver_that_hangs_or_crashes() -> None:
    hangs = Call("nvml", "timed-out", seconds=10.0, steps=[Step("load", "libnvidia-ml.so.1", 0)])
    assert judged(machine(hangs, devices=[])) == [("KER703", "error")]
    crashes = Call("cuda", "crashed", signal=11, steps=[Step("load", "libcuda.so.1", 0)])
    assert judged(machine(crashes)) == [("KER704", "error")]


def test_a_stub_is_not_a_driver() -> None:
    what = machine(
        cuda(34, loaded=["/usr/local/cuda/lib64/stubs/libcuda.so.1"]),
        ld_library_path=["/usr/local/cuda/lib64/stubs", "/opt/lib"],
    )
    assert judged(what) == [("KER705", "error")]
    assert finding("KER705", what, **WANTED).commands == ("export LD_LIBRARY_PATH=/opt/lib",)


@pytest.mark.parametrize(
    ("driver", "driver_cuda", "cuda_version", "found"),
    [
        ("470.82.01", "11.4", "12.5.1", ["error"]),
        ("470.82.01", "", "12.5.1", ["error"]),
        ("535.183.01", "12.2", "12.5.1", ["info"]),
        ("550.90.07", "12.4", "12.3.1", []),
        ("580.82.07", "13.0", "12.5.1", []),
        ("580.82.07", "13.0", "14.0", ["error"]),
        ("580.82.07", "", "14.0", []),
        ("", "", "12.5.1", []),
    ],
)
def test_drivers(driver: str, driver_cuda: str, cuda_version: str, found: list[str]) -> None:
    what = machine(driver_version=driver, kernel_version=driver, driver_cuda=driver_cuda)
    what.builds = [Build("tensorflow", "2.21.0", "/build_info.py", True, cuda_version)]
    assert severities("KER706", what, **WANTED) == found


def test_a_driver_that_is_too_old_explains_why_it_does_not_start() -> None:
    what = machine(cuda(35), driver_version="470.82.01", kernel_version="470.82.01")
    what.gpu.driver_cuda = "11.4"
    assert judged(what) == [("KER706", "error")]


def test_a_framework_that_is_not_in_use_may_need_what_it_likes() -> None:
    what = machine(driver_version="470.82.01", kernel_version="470.82.01", driver_cuda="11.4")
    assert not findings("KER706", what, gpu=["--require-gpu"], backends=["jax"])


@pytest.mark.parametrize(
    "call",
    [
        Call("nvml", "well", steps=[Step("nvmlInit_v2", "libnvidia-ml.so.1", 18)]),
        cuda(803),
    ],
)
def test_a_driver_that_was_updated_under_way(call: Call) -> None:
    what = machine(call)
    assert judged(what) == [("KER707", "error")]
    assert finding("KER707", what, **WANTED).commands == ("sudo reboot",)


def test_versions_of_library_and_module_differ() -> None:
    assert "550.90.07" in finding("KER707", machine(kernel_version="550.90.07"), **WANTED).message
    assert not findings("KER707", machine(kernel_version=""), **WANTED)


# The devices


@pytest.mark.parametrize(
    ("capability", "found"), [("5.2", ["error"]), ("7.5", []), ("12.0", ["info"]), ("", [])]
)
def test_code_for_the_device(capability: str, found: list[str]) -> None:
    what = machine(devices=[Gpu(0, "GPU", capability)])
    assert severities("KER708", what, **WANTED) == found


def test_the_lowest_of_jax() -> None:
    what = machine(devices=[Gpu(0, "Tesla V100", "7.0")])
    what.distributions = [dist("jax", "0.10.2"), KERAS]
    what.builds = [Build("jax", "0.10.2", "/jax", True, "13")]
    what.environment = {"KERAS_BACKEND": "jax"}
    assert severities("KER708", what, **WANTED) == ["error"]


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        ("3", ["KER709"]),
        ("", ["KER711"]),
        ("-1", ["KER711"]),
        ("0", []),
        ("GPU-8932f937", []),
    ],
)
def test_the_variable_of_devices(value: str, codes: list[str]) -> None:
    what = machine()
    what.environment = {"CUDA_VISIBLE_DEVICES": value}
    assert [code for code, _ in judged(what)] == codes


def test_a_hidden_gpu_is_why_there_is_no_device() -> None:
    what = machine(cuda(100))
    what.environment = {"CUDA_VISIBLE_DEVICES": "-1"}
    assert judged(what) == [("KER711", "error")]
    assert judged(what, gpu=[]) == [("KER711", "info")]


def test_on_a_machine_without_a_gpu_nothing_is_hidden() -> None:
    what = machine(**NO_DRIVER)
    what.environment = {"CUDA_VISIBLE_DEVICES": ""}
    assert judged(what, gpu=[]) == []


def test_variables_of_one_backend() -> None:
    what = machine()
    what.distributions = [dist("jax", "0.10.2"), dist("jaxlib", "0.10.2"), KERAS]
    what.environment = {"JAX_PLATFORMS": "cpu", "KERAS_BACKEND": "jax"}
    assert finding("KER711", what, **WANTED).commands == ("unset JAX_PLATFORMS",)
    what.environment["KERAS_BACKEND"] = "tensorflow"
    assert not findings("KER711", what, **WANTED)


def test_mig_without_instances() -> None:
    what = machine(cuda(100), devices=[Gpu(0, "NVIDIA A100", "8.0", mig=True)])
    assert judged(what) == [("KER710", "error")]
    beside = machine(devices=[Gpu(0, "A100", "8.0", mig=True), Gpu(1, "A100", "8.0")])
    assert severities("KER710", beside, **WANTED) == ["info"]


@pytest.mark.parametrize(
    ("free", "found"),
    [(23 << 30, []), (2 << 30, []), (500 << 20, ["warning"])],
)
def test_memory(free: int, found: list[str]) -> None:
    what = machine(devices=[Gpu(0, "NVIDIA L4", "8.9", 24 << 30, free)])
    assert severities("KER712", what, **WANTED) == found


def test_one_gpu_with_memory_is_enough() -> None:
    devices = [Gpu(0, "A", "8.9", 24 << 30, 1), Gpu(1, "B", "8.9", 24 << 30, 23 << 30)]
    assert not findings("KER712", machine(devices=devices), **WANTED)


# The libraries


def test_each_missing_library_is_named() -> None:
    what = machine(libraries=LIBRARIES[:-1])
    found = finding("KER721", what, **WANTED)
    assert "libcudnn.so.9 is not there" in found.message
    assert "nvidia-cudnn-cu12<10.0,>=9.3.0.75" in "".join(one.text for one in found.evidence)
    assert found.commands == ("/env/bin/python -m pip install 'tensorflow[and-cuda]==2.21.0'",)


def test_libraries_of_another_major_do_not_count() -> None:
    libraries = [*LIBRARIES[1:], Library("libcudart.so.11", "/usr/lib/libcudart.so.11", "ldconfig")]
    assert "libcudart.so.12" in finding("KER721", machine(libraries=libraries), **WANTED).message


def test_libraries_of_the_system_do() -> None:
    libraries = [Library(one.soname, f"/usr/lib/{one.soname}", "ldconfig") for one in LIBRARIES]
    assert not findings("KER721", machine(libraries=libraries), **WANTED)


def test_nobody_needs_libraries_who_wants_no_gpu() -> None:
    assert not findings("KER721", machine(libraries=[]))


def copy(version: str) -> list[Library]:
    name = "libcudnn.so.9"
    return [
        Library(name, f"/usr/local/cuda/lib64/{name}", "ld_library_path", version),
        Library(name, f"{SITE}/nvidia/cudnn/lib/{name}", "wheel", "9.3.0.75"),
    ]


@pytest.mark.parametrize(
    ("version", "found"),
    [("9.1.0", "error"), ("", "error"), ("9.10.2", "info"), ("8.9.7", "error")],
)
def test_a_copy_that_wins(version: str, found: str) -> None:
    what = machine(libraries=copy(version), ld_library_path=["/usr/local/cuda/lib64"])
    assert severities("KER722", what, **WANTED) == [found]
    assert finding("KER722", what, **WANTED).commands == ("unset LD_LIBRARY_PATH",)


def test_a_copy_that_did_no_harm() -> None:
    what = machine(libraries=copy("9.1.0"), ld_library_path=["/usr/local/cuda/lib64"])
    what.trials = [Trial("tensorflow", ended="well", device_of_result="GPU:0")]
    assert severities("KER722", what, **WANTED) == ["info"]


def test_the_folder_of_the_wheel_itself_may_be_named() -> None:
    name = "libcudnn.so.9"
    path = f"{SITE}/nvidia/cudnn/lib/{name}"
    libraries = [Library(name, path, "ld_library_path"), Library(name, path, "wheel")]
    assert not findings("KER722", machine(libraries=libraries), **WANTED)


def test_a_copy_explains_what_tensorflow_says_of_it() -> None:
    what = machine(
        libraries=[*LIBRARIES[:-1], *copy("9.1.0")], ld_library_path=["/usr/local/cuda/lib64"]
    )
    said = (
        "Loaded runtime CuDNN library: 9.1.0 but source was compiled with: 9.3.0.  CuDNN library "
        "needs to have matching major version"
    )
    one = failed("tensorflow", "FailedPreconditionError: DNN library initialization failed.")
    one.output = said
    what.trials = [one]
    assert judged(what) == [("KER722", "error")]
    assert "built for cuDNN 9.3.0 and has loaded 9.1.0" in finding("KER723", what, **WANTED).message


def test_a_wheel_that_is_older_than_the_extra_asks_for() -> None:
    what = machine()
    what.distributions.append(dist("nvidia-cudnn-cu12", "9.1.0.70"))
    found = finding("KER723", what, **WANTED)
    assert found.commands == ("/env/bin/python -m pip install 'nvidia-cudnn-cu12>=9.3.0.75,<10.0'",)
    what.distributions[-1] = dist("nvidia-cudnn-cu12", "9.10.2.21")
    assert not findings("KER723", what, **WANTED)


def test_two_frameworks_that_cannot_share_a_cudnn() -> None:
    what = machine()
    what.distributions += [
        dist("nvidia-cudnn-cu12", "9.1.0.70"),
        dist("torch", "2.6.0", "nvidia-cudnn-cu12==9.1.0.70"),
    ]
    found = finding("KER723", what, **WANTED)
    assert "torch 2.6.0 asks for another one" in found.help
    assert not found.commands


def test_tools_of_xla() -> None:
    what = machine(ptxas=[], libdevice=[])
    assert severities("KER724", what, **WANTED) == ["warning"]
    assert not findings("KER724", what)
    what.environment = {"XLA_FLAGS": "--xla_gpu_cuda_data_dir=/opt/cuda"}
    assert not findings("KER724", what, **WANTED)


# What ran


def test_a_build_for_the_cpu() -> None:
    what = machine()
    what.distributions = [dist("tensorflow-cpu", "2.21.0"), KERAS, dist("pip", "24.0")]
    what.builds = [Build("tensorflow", "2.21.0", "/build_info.py", False)]
    what.trials = [Trial("tensorflow", ended="well", device_of_result="CPU:0")]
    assert judged(what) == [("KER741", "error")]
    assert finding("KER741", what, **WANTED).commands == (
        "/env/bin/python -m pip uninstall -y tensorflow-cpu",
        "/env/bin/python -m pip install 'tensorflow[and-cuda]==2.21.0'",
    )
    assert not findings("KER741", what)


@pytest.mark.parametrize(
    ("package", "version", "commands"),
    [
        ("jax", "0.10.2", ["install 'jax[cuda12]==0.10.2'"]),
        ("torch", "2.13.0+cpu", ["uninstall -y torch", "install torch==2.13.0"]),
    ],
)
def test_builds_of_other_backends(package: str, version: str, commands: list[str]) -> None:
    what = machine()
    what.distributions = [dist(package, version), KERAS, dist("pip", "24")]
    what.builds = [Build(package, version, "/version.py", False)]
    what.environment = {"KERAS_BACKEND": package}
    found = finding("KER741", what, **WANTED)
    assert found.commands == tuple(f"/env/bin/python -m pip {one}" for one in commands)


def test_what_ran_on_the_cpu() -> None:
    what = machine()
    what.trials = [
        Trial("tensorflow", ended="well", devices=["CPU:0"], device_of_result="CPU:0"),
        Trial("keras", "tensorflow", ended="well", devices=["CPU:0"], device_of_result="CPU:0"),
    ]
    assert judged(what) == [("KER741", "error")]


def test_wheels_into_which_tensorflow_does_not_look() -> None:
    what = machine(libraries=copy("9.3.0")[1:])
    what.distributions[1] = dist("tensorflow", "2.16.1")
    what.trials = [Trial("tensorflow", ended="well", devices=["CPU:0"], device_of_result="CPU:0")]
    found = finding("KER741", what, **WANTED)
    assert found.commands == (f"export LD_LIBRARY_PATH={SITE}/nvidia/cudnn/lib",)
    what.distributions[1] = dist("tensorflow", "2.21.0")
    assert not finding("KER741", what, **WANTED).commands


def test_a_run_that_was_not_made_proves_nothing() -> None:
    what = machine()
    what.trials = [Trial("tensorflow", ended="not-run"), Trial("keras", "tensorflow", ended="well")]
    assert not findings("KER741", what, **WANTED)


def test_rocm_is_none_of_nvidias_business() -> None:
    what = machine(libraries=[], ptxas=[], driver_version="470.1", driver_cuda="11.4")
    what.gpu.kernel_version = ""
    what.builds = [Build("tensorflow", "2.21.0", "/build_info.py", True, rocm="6.0")]
    what.trials = [Trial("tensorflow", ended="well", device_of_result="GPU:0")]
    assert judged(what) == []


def test_conda_brings_its_own() -> None:
    what = machine(
        libraries=[Library(one.soname, f"/c/{one.soname}", "conda") for one in LIBRARIES]
    )
    what.conda = [CondaPackage("cudnn", "9.3.0")]
    assert not findings("KER721", what, **WANTED)


def test_cudnn_itself_is_asked() -> None:
    old = Call("cudnn", "well", steps=[Step("cudnnGetVersion", "/a/libcudnn.so.9", 0, "90100")])
    assert "the one that is found is 9.1.0" in finding("KER723", machine(old), **WANTED).message
    new = Call("cudnn", "well", steps=[Step("cudnnGetVersion", "/a/libcudnn.so.9", 0, "91002")])
    assert not findings("KER723", machine(new), **WANTED)


def test_a_runtime_that_the_driver_does_not_know() -> None:
    runtime = Call("cudart", "well", steps=[Step("cudaGetDeviceCount", "/a/libcudart.so.13", 35)])
    what = machine(cuda(), runtime)
    what.builds = []
    assert severities("KER706", what, **WANTED) == ["error"]
    without = machine(**{**NO_DRIVER, "calls": [*NO_DRIVER["calls"], runtime]})
    assert not findings("KER706", without, **WANTED)


STAND_INS = {
    "absent-device-named": "KER709",
    "compat-package": "KER702",
    "crash-in-cuinit": "KER704",
    "driver-mismatch": "KER707",
    "driver-too-old": "KER706",
    "fabric-manager": "KER702",
    "hang-in-cuinit": "KER703",
    "hidden-device": "KER711",
    "mig-without-instances": "KER710",
    "no-device": "KER701",
    "stub-library": "KER705",
    "unknown-error": "KER702",
    "mig-with-instances": "",
    "sound": "",
    "two-devices": "",
}
"""What stand-ins for the driver answer: the reading and the wording are tried, no computing."""


@pytest.mark.parametrize("name", STAND_INS)
def test_what_stand_ins_for_the_driver_say(name: str) -> None:
    file = Path(__file__).parents[3] / "fixtures" / "observations" / "standins" / f"{name}.json"
    what = observations(json.loads(file.read_text(encoding="utf-8")))
    expected = [(STAND_INS[name], "error")] if STAND_INS[name] else []
    assert judged(what) == expected
