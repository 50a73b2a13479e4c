"""Stock: the copies that the centre owns, where they stand and in what condition.

A holding (bestånd) is what one books: a resource in one media form at one centre; its items (exemplar) are alike and
have barcodes, a home place (hylla), a condition, faults and times of service. A kit (låda) has a list of parts, of
which the uncounted are only accessories. Labels (etiketter) are printed as sheets, and a scanned code finds its item.
Swedish words: bestånd (holding), exemplar (item), streckkod (barcode), uppställning (home place), skick (condition),
fel (fault), service (service), gallring (retirement), innehållslista (parts list), tillbehör (accessory).
"""
