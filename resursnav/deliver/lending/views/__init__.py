"""The pages of lending, by what one comes to do."""
