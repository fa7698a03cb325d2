"""The project around a file: which files, which targets."""
