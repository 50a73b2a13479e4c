"""What is left when the server dies in the middle of its work."""
