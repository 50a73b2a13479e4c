"""The pages of agreements, by what one comes to do."""
