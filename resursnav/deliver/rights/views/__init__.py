"""The pages of rights, by what one comes to do."""
