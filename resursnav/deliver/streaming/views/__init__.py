"""The pages of streaming."""
