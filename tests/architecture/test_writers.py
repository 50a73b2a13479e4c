"""Actions are the only writers, and they write only what is their own context's (docs/adr/0011)."""

import ast

import pytest
from django.apps import apps

from .house import PACKAGE, home, parsed, python_files

# Calls that always write, whatever they are called on.
ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
# Calls that write when called without positional arguments; with them they belong to dicts, files and images.
BARE = {"save", "update", "delete", "create"}
MANY = {"add", "remove", "set", "clear"}
SQL = ("insert", "update", "delete", "replace")

# Files outside actions that may write, each with its reason.
EXCUSED: dict[str, str] = {}


def is_action(parts):
    """Whether the path below resursnav/ is an actions drawer."""
    return parts[-1] == "actions.py" or "actions" in parts[:-1]


def many_fields():
    """The names of all many-to-many fields: their .add() and .set() write."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("resursnav.")]
    return {field.name for model in ours for field in model._meta.local_many_to_many}


def root_of(node):
    """The name that a chain of attributes, calls and indexes begins with; "" when it is no name."""
    while not isinstance(node, ast.Name):
        if isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        else:
            return ""
    return node.id


def write_of(call, many):
    """The receiver of a call that writes, or None."""
    if not isinstance(call.func, ast.Attribute):
        return None
    name, receiver = call.func.attr, call.func.value
    plain = name.removeprefix("a") if name.removeprefix("a") in ALWAYS | BARE else name
    if plain in ALWAYS:
        return receiver
    if plain in BARE and not call.args:
        chain = ast.unparse(receiver)
        if chain.endswith(("session", "SessionStore")) or (plain in {"update", "create"} and not call.keywords):
            return None
        return receiver
    if name in MANY and isinstance(receiver, ast.Attribute) and receiver.attr in many:
        return receiver
    if name in {"execute", "executemany"} and call.args and _sql(call.args[0]).startswith(SQL):
        return receiver
    return None


def _sql(node):
    if isinstance(node, ast.JoinedStr):
        node = node.values[0]
    return node.value.strip().lower() if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def writes(tree, many=frozenset()):
    """Every write in the module, as (line, receiver)."""
    return [
        (node.lineno, receiver)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and (receiver := write_of(node, many)) is not None
    ]


def foreign_names(tree, module):
    """The names that the module imported from other contexts' models, and those that hold their things."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("resursnav.") and not node.level:
            from_models = "models" in node.module.split(".")
            if home(f"{node.module}.x") != home(module):
                names |= {alias.asname or alias.name for alias in node.names if from_models or alias.name == "models"}
    return names


def foreign_writes(tree, module, many=frozenset()):
    """Writes on other contexts' models: on the class, or on a name that is annotated or made with it."""
    classes = foreign_names(tree, module)
    found = [line for line, receiver in writes(tree, many) if root_of(receiver) in classes]
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            held = _held(function, classes)
            found += [line for line, receiver in writes(function, many) if ast.unparse(receiver) in held]
    return sorted(set(found))


def _held(function, classes):
    arguments = [*function.args.args, *function.args.kwonlyargs]
    held = {each.arg for each in arguments if each.annotation and classes & set(_names(each.annotation))}
    for node in ast.walk(function):
        value = getattr(node, "value" if isinstance(node, ast.Assign) else "iter", None)
        if isinstance(node, ast.Assign | ast.For) and value is not None and root_of(value) in classes:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            held |= {target.id for target in targets if isinstance(target, ast.Name)}
    return held


def _names(annotation):
    text = annotation.value if isinstance(annotation, ast.Constant) else ast.unparse(annotation)
    return [part.strip(" []'\"") for part in str(text).replace("|", ",").split(",")]


def test_it_writes_only_in_actions():
    many, found = many_fields(), []
    for path, tree in parsed(python_files(PACKAGE)):
        name = path.relative_to(PACKAGE)
        if not is_action(name.parts) and name.as_posix() not in EXCUSED:
            found += [f"{name}:{line} writes ({ast.unparse(receiver)[:60]})" for line, receiver in writes(tree, many)]
    assert found == [], "move the write to the context's actions.py"


def test_it_writes_only_its_own_contexts_things():
    many, found = many_fields(), []
    for path, tree in parsed(python_files(PACKAGE)):
        name = path.relative_to(PACKAGE)
        module = ".".join(("resursnav", *name.with_suffix("").parts))
        found += [f"{name}:{line} writes another context's thing" for line in foreign_writes(tree, module, many)]
    assert found == [], "call the other context's action"


def test_it_excuses_only_files_that_write():
    for name in EXCUSED:
        assert writes(ast.parse((PACKAGE / name).read_text(encoding="utf-8")), many_fields()), f"{name} needs no excuse"


@pytest.mark.parametrize(
    "source",
    [
        "Need.objects.create(title='x')",
        "need.save()",
        "need.save(update_fields=['title'])",
        "Need.objects.filter(pk=1).update(title='x')",
        "need.delete()",
        "Need.objects.bulk_create([])",
        "await need.asave()",
        "Need.objects.get_or_create(title='x')",
        "form.save()",
        "resource.subjects.add(subject)",
        "resource.subjects.set([])",
        "cursor.execute('DELETE FROM need')",
        "cursor.execute(f'  UPDATE {table} SET x = 1')",
        "def x(self):\n    return self.update(closed=True)",
    ],
)
def test_it_catches_a_seeded_write(source):
    assert writes(ast.parse(source), {"subjects"})


@pytest.mark.parametrize(
    "source",
    [
        "known.update({'a': 1})",
        "digest.update(chunk)",
        "image.save(buffer, 'WEBP')",
        "workbook.save(path)",
        "names.add('x')",
        "request.session.save()",
        "cursor.execute('SELECT 1')",
        "cache.delete('key')",
        "need.weigh(by=person)",
    ],
)
def test_it_leaves_dicts_files_and_reads_alone(source):
    assert writes(ast.parse(source), {"subjects"}) == []


@pytest.mark.parametrize(
    "body",
    [
        "Person.objects.create(email='x')",
        "person = Person.objects.get(pk=1)\n    person.save()",
        "for somebody in Person.objects.all():\n        somebody.delete()",
        "by.save()",
        "models.Person.objects.update(email='x')",
    ],
)
def test_it_catches_a_seeded_write_on_anothers_thing(body):
    source = (
        "from resursnav.foundation.people.models import Person\nfrom resursnav.foundation.people import models\n"
        f"from .models import Need\n\ndef act(*, by: Person | None, need: Need):\n    {body}\n    need.save()\n"
    )
    assert len(foreign_writes(ast.parse(source), "resursnav.listen.needs.actions")) == 1
    assert foreign_writes(ast.parse(source), "resursnav.foundation.people.actions") == []


def test_it_knows_an_actions_drawer():
    assert is_action(("foundation", "people", "actions.py"))
    assert is_action(("foundation", "people", "actions", "invite.py"))
    assert not is_action(("foundation", "people", "views.py"))
