"""Jupyter notebooks: their cells, read as one Python module with a map back."""
