"""Rules about names, arguments and methods that the target does not have (KER3xx)."""
