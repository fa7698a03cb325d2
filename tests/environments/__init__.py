"""Real environments that are really broken, and the command that the probe prints for each.

    python -m tests.environments [--bases FOLDER] [--mend] [--list] [KIND ...]

For every kind an environment is made of real wheels and spoiled, the probe looks at it, and its
first finding must be the root cause. With `--mend` the commands of that finding are executed in a
shell, the probe looks again, and the finding must be gone. This needs a network (pip), gigabytes of
disk and many minutes: no part of the test suite, which has small stand-ins instead.

`bases`  the sound environments that the others are copied from, by hard links
`kinds/` what is broken, a file a theme
"""
