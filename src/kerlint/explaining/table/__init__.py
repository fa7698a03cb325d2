"""The messages, a file a theme. Each has its source; each example is a line that was printed."""
