"""What exists in which version of Keras, TensorFlow and their kin. Knows nothing of files."""
