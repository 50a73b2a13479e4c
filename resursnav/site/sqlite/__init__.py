"""Django's SQLite with writers that stand in line: `ENGINE = "resursnav.site.sqlite"`."""
