"""Which files install a Keras before 3 by themselves."""

from __future__ import annotations

import pytest

from kerlint.rules._files import pins_old

OLD = [
    *("RUN pip install keras==2.2.4", "pip install 'keras<3'", "- keras=2.3.1", "keras<=2.15"),
    *("ARG KERAS_VERSION=1.2.2", "git+https://github.com/fchollet/keras.git@2.0.6"),
    *("pip install tensorflow==1.15", "tensorflow-gpu==2.10.0", "ARG TENSORFLOW_VERSION=1.0.0"),
    *("FROM tensorflow/tensorflow:1.6.0-py3", "FROM tensorflow/tensorflow:2.15.0"),
    *("FROM python:3.6-slim", "- python=3.5", "FROM python:2", "RUN python2.7 x.py"),
    *("python-version: 3.7", "python-version: ['3.8']", "apt-get install python-pip"),
    *("FROM ubuntu:16.04",),
]
NEW = [
    *("pip install keras", "keras==3.15.1", "keras>=3", "keras>=2.12", "tensorflow>=2.16"),
    *("tensorflow==2.16.1", "tensorflow==2.21", "FROM tensorflow/tensorflow:latest"),
    *("FROM tensorflow/tensorflow:2.16.1", "FROM python:3.12", "python-version: '3.10'"),
    *("FROM ubuntu:22.04", "python3-pip", "python3 train.py", "python=3.11", "", "python 3"),
    *("keras-hub==0.2.0", "tf_keras==2.21", "keras-tuner==1.4.7", "python train2.py"),
]


@pytest.mark.parametrize("text", OLD)
def test_old(text: str) -> None:
    assert pins_old(text)


@pytest.mark.parametrize("text", NEW)
def test_new(text: str) -> None:
    assert not pins_old(text)
