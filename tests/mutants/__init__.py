"""Change the scoring code bit by bit and see that a test notices: ``python -m tests.mutants``."""
