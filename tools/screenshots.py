"""`make screenshots`: the README's pictures, taken from the demo as it is today.

Starts the demo in a folder of its own, signs in as personas, and takes each page in a real Chromium.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "images"
PORT = 8399
ADDRESS = f"http://localhost:{PORT}"
# Nothing that reaches out to the network by itself.
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip


@dataclass(frozen=True)
class Picture:
    """One picture: its file, the page, who looks, how wide, and light or dark."""

    name: str
    path: str
    who: str = ""
    width: int = 1280
    height: int = 860
    scheme: str = "light"
    follow: str = ""  # the words of a link on the page to follow before the picture is taken


SHOWN = (
    Picture("start", "/"),
    Picture("search-phone", "/resources/?q=vikingar", width=390, height=844),
    Picture("coordinator", "/", who="Biljana"),
    Picture("coordinator-dark", "/", who="Biljana", scheme="dark"),
    Picture("personas", "/accounts/login/"),
    Picture("desk", "/resources/?q=golvrobotar", who="Biljana", follow="Golvrobotar, klasslåda"),
    Picture("organisation", "/organisations/?q=Dorotea", who="Biljana", follow="Dorotea", height=980),
)


def chromium() -> str:
    """The browser; a clear message when there is none."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        raise SystemExit("Chromium behövs: apt install chromium, eller sätt CHROMIUM till dess sökväg.")
    return found


def wait_until_up(process: subprocess.Popen[bytes]) -> None:
    """Wait for the first page, at most two minutes."""
    for _ in range(240):
        if process.poll() is not None:
            raise SystemExit("Demon slutade innan den var igång.")
        try:
            urllib.request.urlopen(f"{ADDRESS}/readyz", timeout=5)
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise SystemExit("Demon kom inte igång på två minuter.")


def take(browser: Browser, picture: Picture) -> None:
    """One picture, in a browser that knows nothing of the others."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.scheme == "dark" else "light",
        device_scale_factor=1,
        locale="sv-SE",
    )
    page = context.new_page()
    if picture.who:
        page.goto(f"{ADDRESS}/accounts/login/")
        page.get_by_role("button", name=re.compile(rf"\b{picture.who}$")).first.click()
        page.wait_for_load_state("networkidle")
    page.goto(f"{ADDRESS}{picture.path}")
    page.wait_for_load_state("networkidle")
    if picture.follow:
        page.locator("main").get_by_role("link", name=picture.follow, exact=True).first.click()
        page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{picture.name}.png")
    print(f"docs/images/{picture.name}.png")
    context.close()


def main() -> int:
    """Start the demo, take all pictures, stop it."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "resursnav.site", "demo", "--port", str(PORT)]
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"RESURSNAV_DATA_DIR": folder})
        try:
            wait_until_up(process)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
                for picture in SHOWN:
                    take(browser, picture)
                browser.close()
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
    return 0


if __name__ == "__main__":
    sys.exit(main())
