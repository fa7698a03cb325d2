"""Ask real installations what kerlint claims to know, and compare.

`python -m tools.judge` makes scratch environments of real pairs of Keras and TensorFlow, draws
names at random, lets Python itself say what exists there, and prints every disagreement.
"""
