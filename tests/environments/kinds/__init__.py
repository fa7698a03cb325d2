"""What is broken, a file a theme. Importing the files fills `kind.KINDS`."""
