"""The site: where all contexts meet. Settings, addresses, the start page, demo data and the command line."""
