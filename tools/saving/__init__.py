"""Which file names and formats a release of Keras refuses, by trying them."""
