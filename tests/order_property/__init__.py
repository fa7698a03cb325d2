"""Random small projects: what kerlint says of their order is what happens when they run."""
