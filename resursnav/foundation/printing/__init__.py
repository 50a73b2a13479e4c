"""Printing: papers as PDF, set by typst from our own templates.

A context keeps its templates as `<context>/papers/<name>.typ` and hands over plain data; nothing that a person typed is
ever read as markup. Barcodes and QR codes are drawn here. No network, no file but the template is read.
Swedish words: utskrift (print-out), etikett (label), streckkod (barcode).
"""
