"""Which names of own files keep Keras and its backends from starting: found out by trying."""
