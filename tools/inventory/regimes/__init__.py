"""How each distribution, at each age, lays out its public names."""
