"""From rules to rows: the filter and the check, made from the same grants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, Self, TypeGuard, TypeVar

from django.db.models import Model, Q, QuerySet

from .rules import Grant, Reach, Rule, Who

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Row = TypeVar("Row", bound=Model, covariant=True)


class Post(Protocol):
    """One assignment that counts now: a role at a node."""

    @property
    def role(self) -> str: ...

    @property
    def node_id(self) -> int: ...


class Standing(Protocol):
    """A person as access needs to know one."""

    pk: Any
    is_authenticated: Any

    def standing(self) -> Sequence[Post]: ...


def _known(person: object) -> TypeGuard[Standing]:
    return bool(getattr(person, "is_authenticated", False))


def nodes_of(person: object, grant: Grant) -> list[int]:
    """The nodes at which the person holds one of the grant's roles."""
    if not _known(person):
        return []
    posts = person.standing()
    if isinstance(grant.who, Who):
        return [post.node_id for post in posts]
    return [post.node_id for post in posts if post.role in grant.who]


class Scoped(QuerySet[Row]):
    """A queryset whose rows belong somewhere in the organisation tree.

    `scope` is the path to the organisation ("" when the row is an organisation itself); `own` is the path to
    the person whose own the row is ("" when rows are nobody's own).
    """

    scope: str = "organisation"
    own: str = ""

    def visible_to(self, person: object, rule: Rule) -> Self:
        """The rows that the rule lets this person reach; none when no grant fits."""
        wanted = Q()
        for grant in rule.grants:
            reached = self._reached(person, grant)
            if reached is None:
                continue
            if not reached:  # an unlimited grant: everything, whatever the other grants say
                return self.all()
            wanted |= reached
        if not wanted:
            return self.none()
        if "__" not in self.scope or not self._through_many():
            return self.filter(wanted)
        # A path over many rows would give a thing once for every row that fits.
        return self.filter(pk__in=self.model._default_manager.filter(wanted).values("pk"))

    def _reached(self, person: object, grant: Grant) -> Q | None:
        """The rows of one grant: None for nothing at all, an empty Q for everything."""
        where = grant.where or Q()
        if not _fits(person, grant):
            return None
        if grant.reach is Reach.ANYWHERE:
            return where
        if grant.reach is Reach.OWN and _known(person):
            if not self.own:
                raise ValueError(f"{self.model.__name__} rows are nobody's own, but a rule says OWN.")
            return where & Q(**{self.own: person.pk})
        return where & self._at(grant.reach, nodes_of(person, grant))

    def _at(self, reach: Reach, nodes: list[int]) -> Q:
        path = f"{self.scope}__in" if self.scope else "pk__in"
        if reach is Reach.HERE:
            return Q(**{path: nodes})
        tree = self._tree()
        branch = tree.at_or_below(nodes) if reach is Reach.BELOW else tree.at_or_above(nodes)
        return Q(**{path: branch.values("pk")})

    def _through_many(self) -> bool:
        """Whether the scope leads over relations that may have several rows for one of ours."""
        options = self.model._meta
        for step in filter(None, self.scope.split("__")):
            field: Any = options.get_field(step)
            if field.one_to_many or field.many_to_many:
                return True
            options = field.related_model._meta
        return False

    def _tree(self) -> Any:
        """The manager of the organisations that `scope` leads to."""
        model: Any = self.model
        for step in filter(None, self.scope.split("__")):
            model = model._meta.get_field(step).related_model
        return model._default_manager


def may(person: object, rule: Rule, thing: Model | None = None) -> bool:
    """Whether the person may do this to the thing; without a thing, whether there can be anything at all.

    Asks the database at most once, and not at all where a grant is unlimited or no grant fits the person's roles.
    For many things at once, `which` asks once for all of them. Whoever has read the way up to an organisation keeps
    it as `known_above` (the keys of the node and all above it): then the tree is not asked again for every rule.
    """
    open_to = [grant for grant in rule.grants if _fits(person, grant)]
    if thing is None or not open_to:
        return bool(open_to)
    if thing.pk is not None and any(grant.reach is Reach.ANYWHERE and not grant.where for grant in open_to):
        return True
    above: frozenset[int] | None = getattr(thing, "known_above", None)
    if above is not None:
        near = [grant for grant in open_to if _near(person, grant, thing, above)]
        if any(grant.where is None and grant.reach in _DOWN for grant in near):
            return True
        if not near:
            return False
    manager: Any = type(thing)._default_manager
    return bool(manager.filter(pk=thing.pk).visible_to(person, rule).exists())


_DOWN = frozenset({Reach.HERE, Reach.BELOW})


def _near(person: object, grant: Grant, thing: Model, above: frozenset[int]) -> bool:
    """Whether the grant comes as far as the organisation, whatever rows it is limited to."""
    if grant.reach not in _DOWN:
        return True
    return (
        not above.isdisjoint(nodes_of(person, grant))
        if grant.reach is Reach.BELOW
        else thing.pk in nodes_of(person, grant)
    )


def which(person: object, rule: Rule, things: Iterable[Model]) -> set[Any]:
    """The keys of those things (all of one model) that the rule lets the person reach, in one question."""
    asked = list(things)
    if not asked:
        return set()
    manager: Any = type(asked[0])._default_manager
    keys = [thing.pk for thing in asked]
    return set(manager.filter(pk__in=keys).visible_to(person, rule).values_list("pk", flat=True))


def _fits(person: object, grant: Grant) -> bool:
    """Whether the grant can give this person anything: it needs no role, or the person holds one of its roles."""
    if grant.who is Who.ANYONE:
        return True
    if grant.who is Who.SIGNED_IN and grant.reach is not Reach.ABOVE:
        return _known(person)
    return bool(nodes_of(person, grant))
