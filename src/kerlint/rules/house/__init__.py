"""Rules about kerlint's own work: unreadable files, suppressions (KER9xx)."""
