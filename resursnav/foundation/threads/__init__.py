"""Threads: where a thing came from, what became of it, and who did what.

A node stands for one traceable thing (a need, a decision, a loan programme) and links say which caused which; the
links always lead from cause to effect and never round in a circle, so one query tells a whole story. A record is
one line of the audit: who did what to which thing, when, why, and what the changed fields were before and after.
Names of people are never copied into records: they are read from the person while identity may be shown, and
are cut after a set time. People with protected identity are not named at all.
Swedish words: tråd (thread), historia (story), orsak (cause), följd (effect), logg (audit), händelse (record).
"""
