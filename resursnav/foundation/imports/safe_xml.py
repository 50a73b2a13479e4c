"""XML read piece by piece, without document types, entities or anything fetched from elsewhere."""

from collections.abc import Iterator
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from .limits import DEFAULT, Limits
from .reasons import Unreadable

CHUNK = 64 * 1024


class _Pieces:
    """Builds one wanted element at a time and forgets everything else."""

    def __init__(self, wanted: frozenset[str], limits: Limits) -> None:
        self.ready: list[tuple[int, Element]] = []
        self.parser: Any = None
        self._wanted = wanted
        self._limits = limits
        self._depth = 0
        self._inside = 0
        self._line = 0
        self._chars = 0
        self._builder: TreeBuilder | None = None
        self.root = ""

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        self.root = self.root or tag
        self._depth += 1
        if self._depth > self._limits.xml_depth:
            raise Unreadable("xml.too_deep", line=self.now(), limit=self._limits.xml_depth)
        if not self._builder:
            if tag not in self._wanted:
                return
            self._builder, self._inside, self._line, self._chars = TreeBuilder(), self._depth, self.now(), 0
        self._weigh(sum(len(key) + len(value) for key, value in attrs.items()) + len(tag))
        self._builder.start(tag, attrs)

    def end(self, tag: str) -> None:
        if self._builder:
            self._builder.end(tag)
            if self._depth == self._inside:
                self.ready.append((self._line, self._builder.close()))
                self._builder = None
        self._depth -= 1

    def data(self, data: str) -> None:
        if self._builder:
            self._weigh(len(data))
            self._builder.data(data)

    def close(self) -> None:
        pass  # the parser calls it at the end; the pieces have been handed out already

    def _weigh(self, more: int) -> None:
        self._chars += more
        if self._chars > self._limits.record_chars:
            raise Unreadable("xml.record_too_large", line=self._line, limit=self._limits.record_chars)

    def now(self) -> int:
        return int(self.parser.parser.CurrentLineNumber)


def elements(stream: IO[bytes], *tags: str, limits: Limits = DEFAULT) -> Iterator[tuple[int, Element]]:
    """Each element of these tags (`{namespace}name`), whole, with the line where it begins.

    Only outermost ones: a wanted element inside a wanted one comes with its parent. Raises Unreadable at the first
    thing that is not well-formed, and at any DOCTYPE, entity or outside reference.
    """
    target = _Pieces(frozenset(tags), limits)
    parser = DefusedXMLParser(target=target, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    target.parser = parser
    try:
        while chunk := stream.read(CHUNK):
            parser.feed(chunk)
            yield from target.ready
            target.ready.clear()
        parser.close()
    except DefusedXmlException as error:
        raise Unreadable("xml.forbidden", line=target.now(), what=type(error).__name__) from error
    except ParseError as error:
        line, column = error.position
        raise Unreadable("xml.broken", line=line, column=column) from error
    except LookupError as error:
        raise Unreadable("xml.unknown_encoding", encoding=str(error)) from error
    yield from target.ready


def root_tag(stream: IO[bytes]) -> str:
    """The outermost element's tag, to tell which kind of XML this is; empty when it is not XML."""
    target = _Pieces(frozenset(), DEFAULT)
    parser = DefusedXMLParser(target=target, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    target.parser = parser
    try:
        while not target.root and (chunk := stream.read(4096)):
            parser.feed(chunk)
    except DefusedXmlException as error:
        raise Unreadable("xml.forbidden", line=target.now(), what=type(error).__name__) from error
    except (ParseError, LookupError):
        return target.root
    return target.root
