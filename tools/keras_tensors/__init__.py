"""Which functions of TensorFlow refuse the symbolic tensors of Keras 3."""
