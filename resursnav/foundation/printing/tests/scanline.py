"""Reads a Code 128 as a hand scanner does: along one line of the picture, by the widths of its bars. For tests."""

from barcode.charsets import code128 as tables

_VALUES = {pattern: value for value, pattern in enumerate(tables.CODES)}
_SETS = {
    "A": {value: char for char, value in tables.A.items()},
    "B": {value: char for char, value in tables.B.items()},
    "C": {value: f"{value:02d}" for value in range(100)},
}
_STARTS = {103: "A", 104: "B", 105: "C"}
_SHIFTS = {101: "A", 100: "B", 99: "C"}


def read(pixels):
    """What stands in the line (0 black, 255 white), or None when it is no Code 128 with a right check number."""
    runs = _runs([pixel < 128 for pixel in pixels])
    while runs and not runs[0][0]:
        runs = runs[1:]
    while runs and not runs[-1][0]:
        runs = runs[:-1]
    widths = [width for _black, width in runs]
    if len(widths) < 19 or (len(widths) - 7) % 6:
        return None
    values = [_value(widths[at : at + 6]) for at in range(0, len(widths) - 7, 6)]
    *data, check = values
    if None in values or check != (data[0] + sum(at * value for at, value in enumerate(data[1:], 1))) % 103:
        return None
    return _text(data)


def _value(widths):
    module = sum(widths) / 11
    pattern = "".join(("1" if at % 2 == 0 else "0") * round(width / module) for at, width in enumerate(widths))
    return _VALUES.get(pattern)


def _text(values):
    now, text = _STARTS[values[0]], ""
    for value in values[1:]:
        if value in _SHIFTS and _SHIFTS[value] != now:
            now = _SHIFTS[value]
        else:
            text += _SETS[now][value]
    return text


def _runs(line):
    found = []
    for black in line:
        if found and found[-1][0] == black:
            found[-1][1] += 1
        else:
            found.append([black, 1])
    return found
