"""Runs by itself: reads a template's place and data from the input, and writes a PDF. No Django, no network.

typst knows no time limit, so it works in a process of its own, which whoever started it can end.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
from typing import cast

import typst

MEMORY = 1536 * 1024 * 1024


def main() -> int:
    """Set one paper; what is wrong with the template is written to the error output."""
    asked = json.load(sys.stdin.buffer)
    if sys.platform != "darwin":  # macOS refuses the limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with tempfile.TemporaryDirectory() as nowhere:
        try:
            made = typst.Compiler(
                asked["template"],
                root=asked["root"],
                ignore_system_fonts=True,
                # Packages would be fetched from the network: there is none here.
                package_path=nowhere,
                package_cache_path=nowhere,
            ).compile(format="pdf", sys_inputs={"data": asked["data"]}, timestamp=asked["at"])
        except typst.TypstError as problem:
            sys.stderr.write(f"{problem.message} {problem.diagnostic}")
            return 1
    sys.stdout.buffer.write(cast(bytes, made))  # other formats come as a list of pages
    return 0


if __name__ == "__main__":
    sys.exit(main())
