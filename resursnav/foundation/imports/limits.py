"""How much an import may ask of the machine.

Every figure is a default; `settings.py` builds a `Limits` from the environment.
"""

from dataclasses import dataclass

KB = 1024
MB = 1024 * KB


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings for one uploaded file: bytes as they arrive, bytes unpacked, cells, columns and depth."""

    file_bytes: int = 256 * MB
    unpacked_bytes: int = 2048 * MB
    ratio: int = 120
    """Unpacked bytes per packed byte. Catalogue text packs 3-15 times; deflate cannot pass 1,032."""
    ratio_free_bytes: int = 16 * MB
    """Below this much unpacked data the ratio is not asked about: small files may be very regular."""
    archive_members: int = 2_000
    columns: int = 400
    cell_chars: int = 500_000
    record_chars: int = 4_000_000
    xml_depth: int = 60
    json_bytes: int = 64 * MB
    """A JSON document is read whole, so it has a ceiling of its own; JSON lines have one per line."""


DEFAULT = Limits()
