"""What the municipalities and units tell us."""
