"""Streaming: the gated way to what is watched or used online.

A gate asks the right at the moment of the press, counts the use with unit, subject and type but not who, and sends on.
A teacher gives a class code that opens some resources for pupils for a limited time without an account; limits on
simultaneous users and number of uses are kept exactly. What everybody may use needs no gate.
Swedish words: strömma (stream), spärr (gate), klasskod (class code), visning (use), plats (seat), mätare (meter).
"""
