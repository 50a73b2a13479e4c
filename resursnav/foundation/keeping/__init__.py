"""Keeping: what is asked for at every turn and seldom changes is kept in the process, and is never out of date.

Each such thing has a stamp in the database, a number drawn by lot. Whoever changes the thing draws a new one in the
same transaction; whoever reads it asks for the stamp in a statement that is asked anyway, and uses what is kept under
that stamp. So nothing is told between processes, and what was rolled back leaves nothing behind.
Swedish words: stämpel (stamp).
"""

from .kept import Kept, forget_all

__all__ = ["Kept", "forget_all"]
