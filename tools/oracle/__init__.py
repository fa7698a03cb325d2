"""Ask uv what it makes of random manifests, and hold the solver against its answers.

    python -m tools.oracle --uv PATH --count 500     # draw and ask, as far as not yet recorded
    python -m tools.oracle --compare                 # asks nobody; every difference
    python -m tools.oracle --fresh --uv PATH         # ask again, for a new snapshot of the index

A manifest has two to four requirements on packages of the index, for one of the Pythons 3.9 to
3.13. uv resolves it for that Python alone, on Linux, out of wheels. The answers are written to
`tests/solving/uv/answers.tsv` as they come, so a run that was stopped goes on where it was; the
seed is part of the draw. `tests/solving/uv/differences.tsv` explains each difference, and
`tests/solving/test_against_uv.py` holds both without uv.
"""
