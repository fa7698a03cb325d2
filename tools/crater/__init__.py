"""The crater: kerlint on published packages, held against what really runs.

    python -m tools.crater

fetches the packages of `packages.toml`, finds by an extractor of its own what they use of Keras
and TensorFlow, executes every use in real environments, runs kerlint for the same versions, and
prints how much of what is broken kerlint finds and how much of what it says is true.
`docs/crater.md` explains the figures.
"""
