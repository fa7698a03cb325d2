"""Small programs that show what a release of Keras has changed without an error."""
