"""What is chosen, why, and by whom."""
