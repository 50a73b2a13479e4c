"""What the centre gives: resources, loans, training, networks, news."""
