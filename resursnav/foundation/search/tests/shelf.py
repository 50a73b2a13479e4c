"""A search source in memory, and a few things to find in it."""

from datetime import UTC, datetime

from resursnav.foundation.search import actions, index
from resursnav.foundation.search.documents import Document, Query

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
PUBLIC = frozenset({"public"})


class Shelf:
    """A source that keeps its documents in memory."""

    facets = ("medium", "subject")

    def __init__(self):
        self.kept = {}
        self.broken = False

    def put(self, id_, title, audience=("public",), **fields):
        self.kept[id_] = Document(id=id_, title=title, audience=audience, **fields)
        actions.touch(kind="thing", ids=[id_], at=AT)

    def drop(self, id_):
        del self.kept[id_]
        actions.touch(kind="thing", ids=[id_], at=AT)

    def audience(self, person):
        return PUBLIC

    def ids(self):
        return sorted(self.kept)

    def documents(self, ids):
        if self.broken:
            raise RuntimeError("the database is away")
        return [self.kept[id_] for id_ in ids if id_ in self.kept]

    def plain(self, words, audience, start, stop):
        found = [
            document.id
            for document in self.kept.values()
            if set(document.audience) & audience and all(word in document.title.lower() for word in words)
        ]
        return found[start:stop], len(found)


def titles(text="", **fields):
    fields.setdefault("audience", PUBLIC)
    return [hit.title for hit in index.search(Query(text=text, **fields))]


def filled(shelf):
    shelf.put(1, "Undervisningsfilm om vulkaner", facets={"medium": ["film"], "subject": ["geografi"]}, newest=10)
    shelf.put(2, "Film för undervisning", facets={"medium": ["film"], "subject": ["bild", "svenska"]}, newest=30)
    shelf.put(3, "Böcker om vulkaner", facets={"medium": ["bok"], "subject": ["geografi"]}, newest=20)
    shelf.put(4, "Hemligt om vulkaner", audience=("o7",), facets={"medium": ["bok"], "subject": ["geografi"]})
    index.drain()
