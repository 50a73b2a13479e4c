"""How often Python looks through its objects for garbage, in processes that live long or make very much."""

from __future__ import annotations

import gc

# New objects before the young are looked through, and how many such turns pass before the older are.
# Python's own 700 suits small programs; a page here makes tens of thousands of objects that all go away by themselves.
OFTEN = (20_000, 20, 50)


def settle() -> None:
    """Leave alone what has been loaded by now, and look through the rest more seldom.

    Called once, when a process has loaded all that it works with. Without it somebody is now and then held for a tenth
    of a second while modules, word lists and templates are looked through, and an import takes a fifth more time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*OFTEN)
