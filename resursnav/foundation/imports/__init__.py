"""Imports: how anything comes into Resursnav from a file (Swedish: import, inläsning; a batch is en omgång).

A file is received, checked (what is new, changed, the same, missing, wrong), shown, confirmed, and then taken in
whole or not at all. The readers here (`tabular`, `safe_xml`, `archives`, `cells`) know files but no domain and no
Django: they meet wrong encodings, bombs, formulas and dates that never were. `ImportBatch` and `ImportProblem` are the
record of what was done, by whom and what was refused. What a row means stands in the context that owns it.
"""
