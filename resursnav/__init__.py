"""Resursnav: the open platform of a Swedish regional digital resource centre."""
