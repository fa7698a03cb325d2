"""Files that say what a project gets and how it is run: one small reader a format."""
