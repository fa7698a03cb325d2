"""The environment doctor: observe a Python environment and its GPU stack, judge, try.

`collector/`  parts of the one file that the examined interpreter runs; the standard library alone
`observations` what was seen, as plain data: the only thing the checks get
`trials/`     each framework started in a child of its own
The checks are rules: `rules/environment` and `rules/gpu`.
"""
