"""What is wrong with a GPU stack: judged over what the probe observed."""
