"""What the probe saw, as plain data: the shape of the JSON between collector, trials and checks.

The collector writes this JSON (it may run in a container, years later, in another version), so
reading is lenient: what is not there was not seen and keeps its default, unknown keys are passed
over, and `not_checked` says what was not looked at and why. A check must never take "not seen"
for "not there". Paths are absolute, as the examined machine spells them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kerlint.probe.gpu_observations import Call, GpuStack
from kerlint.probe.trial_observations import Trial

SCHEMA = 1
"""Raised only when an older kerlint could misread a newer file."""


@dataclass
class Start:
    """One start of the examined interpreter, in one mode, by kerlint.

    `mode`  `without-site` (-I -S -B), `isolated` (-I -B) or `ordinary` (as a user starts it)
    `returncode`  None: it did not end by itself, or was never started
    `signal`  its number, where it was ended by one
    `error`   why it could not be started at all ("No such file or directory"), else ""
    `stderr`  the end of what it wrote there
    `output_bytes`  how much it wrote in all
    `left_behind`   processes that it started outlived it, and were ended by the probe
    """

    mode: str = ""
    error: str = ""
    returncode: int | None = None
    signal: int | None = None
    timed_out: bool = False
    answered: bool = False
    seconds: float = 0.0
    stderr: str = ""
    output_bytes: int = 0
    left_behind: bool = False


@dataclass
class Interpreter:
    """`markers`: the PEP 508 environment of the examined interpreter, by marker name."""

    executable: str = ""
    real_executable: str = ""
    implementation: str = ""
    version: str = ""
    prefix: str = ""
    base_prefix: str = ""
    bits: int = 0
    soabi: str = ""
    free_threaded: bool = False
    system: str = ""
    release: str = ""
    machine: str = ""
    libc: str = ""
    markers: dict[str, str] = field(default_factory=dict)


@dataclass
class PathEntry:
    """One entry of `sys.path` of an ordinary start.

    `kind`    `stdlib`, `site`, `user-site`, `pythonpath`, `pth`, `folder` (what Python puts first:
              the script's or the current folder), `other`
    `python`  `3.9`, where the path names a Python version (`lib/python3.9/site-packages`)
    """

    path: str = ""
    kind: str = "other"
    exists: bool = True
    python: str = ""


@dataclass
class PthLine:
    """A line of a `.pth` file, most often with a fault.

    `problem`  `points-nowhere`, `raises` (`detail`: the error), `unreadable`; "" for none
    """

    file: str = ""
    line: int = 0
    text: str = ""
    problem: str = ""
    detail: str = ""


@dataclass
class Keeper:
    """The program that made the environment and keeps a book about it.

    `tool`     `pipx`, `uv tool`, `hatch`, `pixi`, `conda`, `mamba` or `micromamba`; "" for none known
    `name`     of the environment, as the tool calls it
    `project`  the manifest that it was made from
    `file`     which says so
    """

    tool: str = ""
    name: str = ""
    project: str = ""
    file: str = ""


@dataclass
class Site:
    """What the `site` module does at start.

    `pth_code`  where an ordinary start did not answer: the lines of `.pth` files that run code
    `pipenv_project`  the folder of the project that Pipenv made the environment for; "" for none
    """

    site_packages: list[str] = field(default_factory=list)
    user_site: str = ""
    user_site_enabled: bool | None = None
    system_site_packages: bool | None = None
    sitecustomize: str = ""
    usercustomize: str = ""
    externally_managed: str = ""
    virtual_environment: bool | None = None
    conda_prefix: str = ""
    writable: bool | None = None
    """Whether the first of `site_packages` can be written by this user."""
    pth_code: list[PthLine] = field(default_factory=list)
    pipenv_project: str = ""
    keeper: Keeper = field(default_factory=Keeper)


@dataclass
class Record:
    """RECORD against the disk, by existence and size; `present` False: nothing to compare with
    (no RECORD, or one that no installer wrote).

    `missing` and `altered` hold the first paths (relative to site-packages), the counts all.
    `altered`: size differs. `checked`: how many files were compared.
    `by`: "" for RECORD alone, `conda` where conda's own record lists what is missing, too.
    """

    present: bool = False
    checked: int = 0
    missing_count: int = 0
    missing: list[str] = field(default_factory=list)
    altered_count: int = 0
    altered: list[str] = field(default_factory=list)
    by: str = ""


@dataclass
class Distribution:
    """One installed distribution.

    `name`        normalised (PEP 503), or by the folder's name where METADATA is unreadable
    `metadata`    path of the `.dist-info` or `.egg-info`
    `installer`   word in INSTALLER: `pip`, `uv`, `conda`, `poetry` ...; "" where there is none
    `requires`    Requires-Dist lines as written
    `top_level`   import names it brings
    `problem`     `empty-metadata`, `no-metadata`, `unreadable-metadata`: else ""
    `detail`      of the problem
    `order`       index in `path` of the entry that holds it: the lower one wins
    `build_tags`  Tag lines of WHEEL
    `requested`   whether somebody asked for it by name (REQUESTED is there); None: not known
    """

    name: str = ""
    version: str = ""
    metadata: str = ""
    location: str = ""
    installer: str = ""
    requires: list[str] = field(default_factory=list)
    extras: list[str] = field(default_factory=list)
    requires_python: str = ""
    top_level: list[str] = field(default_factory=list)
    editable: str = ""
    direct_url: bool = False
    record: Record = field(default_factory=Record)
    problem: str = ""
    detail: str = ""
    order: int = 0
    user_site: bool = False
    build_tags: list[str] = field(default_factory=list)
    requested: bool | None = None


@dataclass
class Overlap:
    """Files that two distributions both list in RECORD."""

    distributions: list[str] = field(default_factory=list)
    files: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass
class ModuleFound:
    """What `import name` would find, without importing it.

    `kind`    `package`, `namespace`, `module`, `extension`, `builtin`, `frozen`, `absent`
    `origin`  its file; for a namespace package its first folder
    `owner`   the distribution that lists `origin` in RECORD, or otherwise says that it brings it
              (editable, top_level.txt, conda's records); "" for none
    `others`  further places on the path where the name is found too, in order
    """

    name: str = ""
    kind: str = "absent"
    origin: str = ""
    owner: str = ""
    others: list[str] = field(default_factory=list)


@dataclass
class Shadow:
    """A file or folder of the project (or of PYTHONPATH) that is found before the real module.

    `what`   `package` or `standard-module`
    `entry`  the path entry in which it lies; `kind` as in PathEntry
    """

    module: str = ""
    file: str = ""
    hides: str = ""
    what: str = "package"
    entry: str = ""
    kind: str = "folder"


@dataclass
class KerasConfig:
    """Which settings Keras would read.

    `home_source`  `KERAS_HOME`, `home` (~/.keras) or `temporary` (the home cannot be written)
    `text`         of keras.json, at most 10,000 characters; None: there is none
    `problem`      why it cannot be read, else ""
    """

    home: str = ""
    home_source: str = ""
    home_exists: bool = False
    writable: bool | None = None
    file: str = ""
    text: str | None = None
    problem: str = ""


@dataclass
class Build:
    """What a framework was built for, read from its files without importing it.

    `package`  `tensorflow`, `torch` or `jax` (its CUDA plugins)
    `file`     where it was read
    `cuda`, `cudnn`  versions as written ("12.5.1", "9"); "" for a build without
    `capabilities`  of TensorFlow as written: `sm_60`, `compute_90`
    `gpu`      whether it is a build for GPUs; None: not known
    """

    package: str = ""
    version: str = ""
    file: str = ""
    gpu: bool | None = None
    cuda: str = ""
    cudnn: str = ""
    rocm: str = ""
    capabilities: list[str] = field(default_factory=list)


@dataclass
class Container:
    """`kind`: `docker`, `podman`, `kubernetes`, `singularity`, `wsl`, "" for none seen."""

    kind: str = ""
    evidence: list[str] = field(default_factory=list)


@dataclass
class CondaPackage:
    """A package that conda's own records (`conda-meta`) list."""

    name: str = ""
    version: str = ""
    build: str = ""
    channel: str = ""


@dataclass
class Gap:
    """Something that was not looked at, and why: both are printed."""

    what: str = ""
    why: str = ""


@dataclass
class Observations:
    """All that was seen. `environment` holds only variables on the allow-list."""

    schema: int = SCHEMA
    collected: str = ""
    """Date and time, UTC, ISO 8601."""
    argument: str = ""
    """What the user asked to examine, as written; "" for kerlint's own interpreter."""
    folder: str = ""
    """The project's folder, from which shadowing was judged; "" for none."""
    starts: list[Start] = field(default_factory=list)
    interpreter: Interpreter = field(default_factory=Interpreter)
    path: list[PathEntry] = field(default_factory=list)
    site: Site = field(default_factory=Site)
    pth: list[PthLine] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    distributions: list[Distribution] = field(default_factory=list)
    overlaps: list[Overlap] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)
    modules: list[ModuleFound] = field(default_factory=list)
    shadows: list[Shadow] = field(default_factory=list)
    keras_config: KerasConfig = field(default_factory=KerasConfig)
    builds: list[Build] = field(default_factory=list)
    gpu: GpuStack = field(default_factory=GpuStack)
    container: Container = field(default_factory=Container)
    conda: list[CondaPackage] = field(default_factory=list)
    trials: list[Trial] = field(default_factory=list)
    not_checked: list[Gap] = field(default_factory=list)

    def distribution(self, name: str) -> Distribution | None:
        """The installed distribution of this normalised name that wins on the path."""
        found = [one for one in self.distributions if one.name == name]
        return min(found, key=lambda one: one.order) if found else None

    def module(self, name: str) -> ModuleFound | None:
        """What `import name` finds; None where it was not looked for."""
        return next((one for one in self.modules if one.name == name), None)

    def build(self, package: str) -> Build | None:
        """What the framework was built for."""
        return next((one for one in self.builds if one.package == package), None)

    def trial(self, subject: str) -> Trial | None:
        """How the framework's start in a child went; None where it was not tried."""
        return next((one for one in self.trials if one.subject == subject), None)

    def call(self, subject: str) -> Call | None:
        """What a library of the driver answered; None where it was not asked."""
        return next((one for one in self.gpu.calls if one.subject == subject), None)
