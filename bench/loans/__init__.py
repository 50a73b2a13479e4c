"""How fast and how exact lending is; run it with `python -m bench.loans`."""
