"""Programs for those who develop Resursnav."""
