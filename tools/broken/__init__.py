"""Try the rows of `kerlint.knowledge.broken` in real environments, and write down what came of it.

    python -m tools.broken ENVIRONMENTS [ROW ...] --overlays FOLDER

`ENVIRONMENTS` holds virtual environments named like `keras-3.6.0+tensorflow-2.16.2`; nothing is
installed into them. What a trial takes besides is put into a folder of its own with pip, without
its requirements, and comes first on the path: so the versions meet although metadata, or the taste
of an installer, would keep them apart. The record is `fixtures/broken-combinations.tsv`.
"""
