"""Benchmarks: run by hand, never timed asserts in the tests (docs/performance.md has the figures)."""
