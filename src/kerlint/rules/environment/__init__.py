"""What is wrong with an installed Python environment: judged over what the probe observed."""
