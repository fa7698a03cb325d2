"""What exists in which version, derived from the published packages.

`python -m tools.inventory` reads the source text of released wheels, works out statically which
names a user can reach, and writes one JSON file per release. Nothing of the packages is executed.

The way of the data: `releases` (which files exist) -> `wheels` (their Python files, kept in a
cache) -> `machine` (a module's statements in the order of import) -> `signatures`, `keywords`,
`classes` (what each definition accepts and holds) -> `emit` (one release as JSON).

What stays unknown is marked open: `tf.contrib`, Keras 2.4 (which shows the names of whichever
TensorFlow is installed), bases and decorators of packages that are not read. TensorFlow before
1.13 is not read at all. Keras 3 is read as with every backend at once: what one of them has,
counts as being there.
"""
