# Resursnav in two commands:  make demo   and   make test
# Everything else is here for those who build.

PYTHON ?= python3
IN_VENV = .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-reset test fix docs screenshots lock

help:
	@echo "make demo         start a county's resource centre with sample data, on http://localhost:8000"
	@echo "make demo-reset   throw the sample data away and begin anew"
	@echo "make test         everything that is checked: style, types, contracts, tests, browser"
	@echo "make fix          let ruff mend and format the code"
	@echo "make docs         write docs/events.md, permissions.md and tables.md anew from the code"
	@echo "make setup        the environment only (.venv, node_modules, translations)"
	@echo "make screenshots  take the pictures of the README anew"
	@echo "make lock         resolve requirements/*.in anew"

setup:
	@$(PYTHON) tools/setup.py run

demo: setup
	@exec $(IN_VENV) -m resursnav.site demo $(DEMO)

demo-reset: setup
	@exec $(IN_VENV) -m resursnav.site demo --reset $(DEMO)

test:
	@$(PYTHON) tools/setup.py test
	@exec $(IN_VENV) tools/check.py $(CHECK)

fix:
	@$(PYTHON) tools/setup.py test
	@$(IN_VENV) -m ruff check --fix .
	@$(IN_VENV) -m ruff format .

docs:
	@$(PYTHON) tools/setup.py test
	@$(IN_VENV) tools/docs.py

screenshots:
	@$(PYTHON) tools/setup.py test
	@exec $(IN_VENV) tools/screenshots.py

lock:
	cd requirements && for part in base test node; do \
	  uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --python-version 3.11 \
	    --universal --no-header $$part.in -o $$part.txt; done
