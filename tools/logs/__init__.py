"""`python -m tools.logs`: real logs of small programs that fail, for the tests of `explain`."""
