"""What exists in which version, derived from the published packages.

`python -m tools.inventory` reads the source text of released wheels, works out statically which
names a user can reach, and writes one JSON file per release. Nothing of the packages is executed.

The way of the data: `releases` (which files exist) -> `wheels` (their Python files, kept in a
cache) -> `machine` (a module's statements in the order of import) -> `signatures`, `keywords`,
`classes` (what each definition accepts and holds) -> `emit` (one release as JSON).
"""
