"""What we have, and who answers for it."""
