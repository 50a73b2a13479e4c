"""The palette: every pair of colours that is used is measured, in light and dark."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parents[1] / "static" / "ui" / "tokens.css").read_text("utf-8")
HUES = ("accent", "neutral", "info", "success", "warning", "danger")
GROUNDS = (
    "background-default",
    "background-tinted",
    "surface-default",
    "surface-tinted",
    "surface-hover",
    "surface-active",
)
PAGE = GROUNDS[:4]
STAGES = ("listen", "steer", "deliver", "followup", "house")


def read(text: str) -> dict[str, str]:
    return dict(re.findall(r"--(?:ds-color-)?([a-z0-9-]+): (#[0-9a-f]{6});", text))


LIGHT_TEXT, _, DARK_TEXT = CSS.partition("@media screen and (prefers-color-scheme: dark)")
MODES = {"light": read(LIGHT_TEXT), "dark": read(DARK_TEXT.partition("[data-color=accent]")[0])}


def brightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + 0.05) / (dark + 0.05)


def pairs(mode: str) -> list[tuple[str, str, float]]:
    needed = []
    for hue in HUES:
        for own in {hue, "neutral"}:
            needed += [
                (f"{hue}-{text}", f"{own}-{ground}", 4.5)
                for text in ("text-default", "text-subtle")
                for ground in GROUNDS
            ]
            needed += [
                (f"{hue}-{edge}", f"{own}-{ground}", 3)
                for edge in ("border-default", "border-strong")
                for ground in PAGE
            ]
        needed += [
            (f"{hue}-base-contrast-default", f"{hue}-base-{state}", 4.5) for state in ("default", "hover", "active")
        ]
    needed += [(f"{hue}-base-default", "neutral-background-default", 3) for hue in HUES if hue != "warning"]
    needed += [(f"rn-stage-{stage}", f"neutral-{ground}", 4.5) for stage in STAGES for ground in PAGE]
    needed += [(f"rn-series-{number}", "neutral-background-default", 3) for number in range(1, 6)]
    needed += [("neutral-text-default", "rn-mark", 4.5), ("link-color-visited", "neutral-surface-tinted", 4.5)]
    needed += [
        (text, ground, 4.5) for text in ("rn-hero-text", "rn-hero-soft") for ground in ("rn-hero", "rn-hero-deep")
    ]
    return needed


def test_it_measures_as_the_standard_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("mode", MODES)
def test_it_can_be_read(mode: str):
    colours = {name.removeprefix("ds-"): value for name, value in MODES[mode].items()}
    measured = [(a, b, round(contrast(colours[a], colours[b]), 2), need) for a, b, need in pairs(mode)]
    assert [row for row in measured if row[2] < row[3]] == []


@pytest.mark.parametrize("mode", MODES)
def test_its_focus_ring_stands_out_on_every_ground(mode: str):
    colours = MODES[mode]
    grounds = [f"{hue}-{ground}" for hue in HUES for ground in (*GROUNDS, "base-default")] + ["rn-hero"]
    ring = ("focus-inner", "focus-outer")
    weak = [ground for ground in grounds if max(contrast(colours[ground], colours[one]) for one in ring) < 3]
    assert weak == []
    assert contrast(colours["focus-inner"], colours["focus-outer"]) >= 9


def test_both_modes_name_the_same_colours():
    assert MODES["light"].keys() == MODES["dark"].keys()
    assert len(MODES["light"]) > 100
