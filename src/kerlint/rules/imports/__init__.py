"""Rules about which Keras is imported, and how (KER1xx)."""
