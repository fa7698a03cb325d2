"""What kerlint costs, beside other tools, on published code.

    python -m benchmarks

measures CPU seconds of whole processes and writes `docs/performance.md`. It needs pip, git and a
POSIX system, downloads everything pinned into `.cache/benchmarks` once, and takes a few minutes.
"""
