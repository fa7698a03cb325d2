"""What runs inside an examined environment: the standard library and what is examined."""
