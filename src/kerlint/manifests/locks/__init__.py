"""Lock files: pins, each with the environments, extras and groups that it is for."""
