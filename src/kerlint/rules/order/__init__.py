"""Rules about what must happen before what (KER2xx)."""
