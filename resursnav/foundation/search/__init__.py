"""Search: one Swedish analyser and one index for everything that can be found.

`swedish.analyse` turns text into terms: the word, its dictionary word, the parts of a compound (sammansättning)
and a shadow without å, ä and ö.  Contexts above register search kinds in their manifests; every change of a
searchable thing gets a number in a change sequence, and each node brings its own index (sökindex) up to date from
it.  Queries apply filters and the viewer's audience (vem som får se) inside the index, so that counts never lie.
Coordinators edit synonyms (synonymer), and failed searches (sökningar utan träff) are kept without any person.
"""
