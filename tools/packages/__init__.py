"""Try the tables of packages in real environments, and write down what came of it.

    python -m tools.packages ENVIRONMENTS --overlays FOLDER [--rows ROW ...]

The rows are those of `kerlint.knowledge.companions`, `distributions` and `families`; how they are
tried is as in `tools.broken`. The record is `fixtures/packages-tried.tsv`; what cannot be tried
here, and why, is in `tools.packages.trials`.
"""
