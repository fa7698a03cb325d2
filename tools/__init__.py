"""Programs for those who make kerlint: generators of its data and of its documentation."""
