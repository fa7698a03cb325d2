"""Runs the programs of `fixtures/variables` and writes down what was really in force.

    python -m tools.executing --python EXE [PROGRAM ...]

EXE is a Python with keras, tensorflow, tf_keras, jax, torch (all for CPU), python-dotenv,
transformers 4, segmentation-models 1.0.1 and bert4keras 0.11.5. The programs on GPUs take
`tensorflow` itself, for `tensorflow-cpu` never asks for a driver: they may be named, and run by a
Python of their own. Each program prints a line `wanted ...` and a line `in force ...`; both go into
`fixtures/variables.executed.tsv` with the versions. A test holds kerlint's findings against them:
a program is faulty exactly where the two differ.

No GPU is needed: `driver.c`, compiled here, stands in for the library of the CUDA driver. It says
which `CUDA_VISIBLE_DEVICES` it finds when it is asked to start, and that there is no device.
"""
