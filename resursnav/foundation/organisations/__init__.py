"""Organisations: the one tree that everything belongs to.

A region (county) holds municipalities, a municipality may hold departments, and units (schools, preschools,
libraries, service centres, offices) hang below either. The parent is the truth; a closure table of branches
serves the filters, and both are changed by one action in one transaction. Units open, change name, move, merge
and close with their history kept; nothing that others point at is ever deleted.
Swedish words: region or län (region), kommun (municipality), förvaltning (department), enhet (unit),
skolenhetskod (school unit code), sigel (library code), träd (tree).
"""
