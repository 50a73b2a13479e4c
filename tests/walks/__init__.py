"""Tests that walk every address of the product, so that a new page is covered without being listed."""
