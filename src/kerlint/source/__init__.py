"""From text to facts: reading, gates, the LibCST tree, names, order of execution, positions."""
