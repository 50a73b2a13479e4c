"""What one does at the gate and with class codes; everything that is written here is written by these."""

from .cleaning import clear_codes, clear_seats
from .codes import UnableToEnter, UnableToMake, WrongCode, end_code, extend_code, let_in, make_code
from .watching import Full, Started, UnableToWatch, give_back, school_time, start, wish_of

__all__ = [
    "Full",
    "Started",
    "UnableToEnter",
    "UnableToMake",
    "UnableToWatch",
    "WrongCode",
    "clear_codes",
    "clear_seats",
    "end_code",
    "extend_code",
    "give_back",
    "let_in",
    "make_code",
    "school_time",
    "start",
    "wish_of",
]
