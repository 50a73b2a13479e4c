"""The open interface: every context's part of it under one roof, with its description and a page that explains it."""
