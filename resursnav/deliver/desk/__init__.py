"""Desk: the centre's working day with loans: what to pack, what to send with which route, what comes back.

It joins lending, stock and transport for those who stand at the desk and drive the van: the day list (dagens arbete),
the scanner (skanna), pick list (plocklista), van list (körlista) and delivery notes (följesedlar). It decides nothing
of its own; each press calls lending's or stock's verbs.
Swedish words: disk (desk), dagens arbete (day list), plocklista (pick list), körlista (van list),
följesedel (delivery note), skanna (scan).
"""
