"""Random programs of one file: what kerlint says of their names, and what happens when they run."""
