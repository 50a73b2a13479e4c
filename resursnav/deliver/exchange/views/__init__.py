"""Pages and feeds of the exchange."""
