"""From one JSON file per release to the data files that kerlint carries."""
