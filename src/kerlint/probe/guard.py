"""Runs a program and answers for everything that it starts: `python guard.py FD SECONDS PROGRAM ...`

It stands between kerlint and a program that may be hostile, in a process of its own. Linux hands it
every descendant of the program that has lost its parent, however many sessions were opened on the
way (PR_SET_CHILD_SUBREAPER, https://man7.org/linux/man-pages/man2/PR_SET_CHILD_SUBREAPER.2const.html).
When the program has ended, when its time is up, or when kerlint is gone, it ends them all. What the
program does to its parent and its parent's group befalls this process, and not kerlint.

What happened is written to the file descriptor FD, a line each: `started`, `error TEXT`,
`ended CODE`, `signal NUMBER`, `timed-out`, `left NAME`.
"""

# contextlib and signal cost more than all the rest of the start: this runs before every child.
# ruff: noqa: SIM105

from __future__ import annotations

import os
import select
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER, linux/prctl.h."""

PATIENCE = 2.0
"""Seconds between the request to end (SIGTERM) and the end (SIGKILL)."""

LINGERING = 0.5
"""Seconds that what the program started may outlive it."""

_KILL, _PIPE, _TERMINATE, _STOP, _FILE_SIZE = 9, 13, 15, 19, 25
"""Signals by Linux's numbers."""
_MOST_NAMES = 5
_TICK = 0.02


class Guard:
    """The program's process, and what is known of its descendants.

    `report`  file descriptor for what happens
    """

    def __init__(self, report: int) -> None:
        self._report = report
        self._child = 0
        self._status: int | None = None
        self._poll = select.poll()
        self._poll.register(report, 0)
        self._rest = _TICK

    def run(self, argv: Sequence[str], seconds: float) -> None:
        """Run the program to its end, or to that of its time, and leave nothing of it."""
        self._tell("started")
        ends = time.monotonic() + seconds
        try:
            self._start(argv)
        except OSError as error:
            self._tell(f"error {error.strerror or error}")
            return
        timed_out = not self._ended_before(ends)
        if timed_out:
            _send(self._child, _TERMINATE, group=True)
            self._ended_before(time.monotonic() + PATIENCE)
        elif not self._alone_before(time.monotonic() + LINGERING):
            for name in list(dict.fromkeys(descendants(os.getpid()).values()))[:_MOST_NAMES]:
                self._tell("left " + name)
        self._end_all()
        if timed_out:
            self._tell("timed-out")
        elif self._status is not None and os.WIFSIGNALED(self._status):
            self._tell(f"signal {os.WTERMSIG(self._status)}")
        elif self._status is not None:
            self._tell(f"ended {os.WEXITSTATUS(self._status)}")

    def _start(self, argv: Sequence[str]) -> None:
        """Start the program in a session of its own, with the signals of a new process: those
        that Python ignores would stay ignored. Raises OSError."""
        new = (_PIPE, _FILE_SIZE)
        try:
            self._child = os.posix_spawnp(
                argv[0], list(argv), os.environ, setsid=True, setsigdef=new
            )
        except NotImplementedError:  # an old C library: a group of its own, at least
            self._child = os.posix_spawnp(
                argv[0], list(argv), os.environ, setpgroup=0, setsigdef=new
            )
        os.close(0)  # the program's input: who writes it is to see when the program closes it
        try:
            self._poll.register(os.pidfd_open(self._child), select.POLLIN)
            self._rest = 3600.0
        except (AttributeError, OSError):
            pass  # Python 3.8, Linux before 5.3: look every now and then

    def _ended_before(self, when: float) -> bool:
        """Wait for the program's end; False where it has not come by then, or kerlint is gone."""
        while True:
            self._reap()
            left = when - time.monotonic()
            if self._status is not None:
                return True
            if left <= 0:
                return False
            events = dict(self._poll.poll(1000 * min(left, self._rest)))
            if self._report in events:  # nobody reads it any more
                return False

    def _alone_before(self, when: float) -> bool:
        """Wait for the end of what the program started."""
        while self._reap():
            if time.monotonic() > when:
                return False
            time.sleep(_TICK)
        return True

    def _end_all(self) -> None:
        """Kill whatever descends from the program, those too that are born meanwhile."""
        _send(self._child, _KILL, group=True)
        ends = time.monotonic() + PATIENCE
        while self._reap() and time.monotonic() < ends:
            left = descendants(os.getpid())
            # Who is stopped gives birth to nobody.
            for deadly in (_STOP, _KILL):
                for process in left:
                    _send(process, deadly)
            time.sleep(_TICK)

    def _reap(self) -> bool:
        """Take notice of processes that have ended; whether there are others.

        Whoever descends from the program has a living ancestor that is a child of this process.
        """
        while True:
            try:
                process, status = os.waitpid(-1, os.WNOHANG)
            except OSError:
                return False
            if process == 0:
                return True
            if process == self._child:
                self._status = status

    def _tell(self, line: str) -> None:
        try:
            os.write(self._report, (line.replace("\n", " ") + "\n").encode("utf-8", "replace"))
        except OSError:
            pass  # kerlint is gone


def _send(process: int, number: int, group: bool = False) -> None:
    try:
        (os.killpg if group else os.kill)(process, number)
    except OSError:
        pass  # it has ended


def descendants(root: int) -> dict[int, str]:
    """The processes that descend from `root`, with their names; none where there is no /proc."""
    parents: dict[int, int] = {}
    names: dict[int, str] = {}
    try:
        numbers = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return {}
    for number in numbers:
        try:
            with open(f"/proc/{number}/stat", "rb") as file:
                # `17 (any name) S 1 ...`, proc_pid_stat(5)
                head, _, rest = file.read().decode("utf-8", "replace").rpartition(")")
            parents[number] = int(rest.split()[1])
            names[number] = head.partition("(")[2]
        except (OSError, ValueError, IndexError):
            continue
    found = {root: ""}
    grown = True
    while grown:
        new = {one: names[one] for one, up in parents.items() if up in found and one not in found}
        found.update(new)
        grown = bool(new)
    del found[root]
    return found


def guard_main(words: list[str]) -> int:
    """`words`: the file descriptor, the seconds, the program and its words."""
    report = int(words[0])
    os.set_inheritable(report, False)
    try:
        import ctypes

        ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    except Exception:
        pass  # a Python without ctypes: what leaves the program's session is not reached
    Guard(report).run(words[2:], float(words[1]))
    return 0
