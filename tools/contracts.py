"""Our own import contract: a context's pages are its own."""

from __future__ import annotations

from fnmatch import fnmatch

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class PrivatePages(Contract):
    """Nobody imports the listed drawers of another context, except the importers that are excused by pattern."""

    type_name = "private_pages"

    root = fields.StringField()
    drawers = fields.ListField(subfield=fields.StringField())
    excused = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        found = []
        for module in sorted(graph.modules):
            parts = module.split(".")
            # resursnav.<stage>.<context>.<drawer>, and everything further in.
            if len(parts) < 4 or parts[0] != str(self.root) or parts[3] not in self.drawers:
                continue
            home = ".".join(parts[:3])
            found += [
                (importer, module)
                for importer in sorted(graph.find_modules_that_directly_import(module))
                if not f"{importer}.".startswith(f"{home}.") and not self._excuses(importer)
            ]
        return ContractCheck(kept=not found, metadata={"found": found})

    def _excuses(self, importer: str) -> bool:
        return any(fnmatch(importer, str(pattern)) for pattern in self.excused)

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["found"]:
            output.print_error(f"{importer} may not import {imported}: that drawer is private to its context.")
