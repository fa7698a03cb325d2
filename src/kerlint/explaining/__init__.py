"""What the lines of a TensorFlow, Keras, JAX, torch or CUDA log mean, and which one is the cause.

`messages`  the shape of an entry of the table, and all of them
`table/`    the entries, a file a theme: text, meaning, cure, source
`cleaning`  prefixes, colours and boxes around a message
`reading`   a stream of text to the lines that mean something, in bounded memory
`verdict`   the one cause among them
"""

from __future__ import annotations

from kerlint.explaining.messages import Message
from kerlint.explaining.reading import Line, Reader
from kerlint.explaining.verdict import Explanation, judge

__all__ = ["Explanation", "Line", "Message", "Reader", "explain", "judge"]


def explain(text: str, *, gpu: bool = False) -> Explanation:
    """Explain a log. `gpu`: a GPU is wanted, so that its absence is a cause."""
    reader = Reader()
    reader.feed(text)
    return judge(reader.end(), gpu=gpu)
