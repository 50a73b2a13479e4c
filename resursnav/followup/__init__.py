"""What came of it."""
