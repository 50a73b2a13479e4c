"""Formats: each module reads one way of describing resources into drafts, record by record; some also write it.

No Django in here. A reader is a generator of `ResourceDraft` and `Problem` in the order of the file: a record that
cannot be read comes out as a problem with its line and reason, and the rest goes on.
"""

UNTITLED = "[Utan titel]"
"""What librarians write where a work has no title; some real records have none."""
