"""The kernel: plain Python that every part may use and that knows nothing of Django or the database."""
