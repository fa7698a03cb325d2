"""Rules about files that configure Keras (KER5xx)."""
