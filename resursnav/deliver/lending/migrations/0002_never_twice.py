"""The net under the actions: no copy is in two places, whatever writes to the table."""

from django.db import migrations

POSTGRESQL = (
    "ALTER TABLE lending_allocation ADD CONSTRAINT allocation_never_twice EXCLUDE USING gist"
    # A range of one key, because an extension would be needed to compare the key itself.
    " (int8range(item_id, item_id, '[]') WITH &&, daterange(starts, ends) WITH &&)",
)
_OTHER = (
    # Before a row without a key is inserted NEW.id is not known; IS NOT then says that it is another.
    "EXISTS (SELECT 1 FROM lending_allocation WHERE item_id = NEW.item_id AND id IS NOT NEW.id"
    " AND starts < NEW.ends AND NEW.starts < ends)"
)
SQLITE = tuple(
    f"CREATE TRIGGER allocation_never_twice_{name} BEFORE {event} ON lending_allocation"
    f" WHEN {_OTHER} BEGIN SELECT RAISE(ABORT, 'allocation_never_twice'); END"
    for name, event in (("insert", "INSERT"), ("update", "UPDATE OF item_id, starts, ends"))
)


def add(apps, schema_editor):
    for sql in {"postgresql": POSTGRESQL, "sqlite": SQLITE}[schema_editor.connection.vendor]:
        schema_editor.execute(sql)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE lending_allocation DROP CONSTRAINT allocation_never_twice")
    else:
        for name in ("insert", "update"):
            schema_editor.execute(f"DROP TRIGGER allocation_never_twice_{name}")


class Migration(migrations.Migration):
    dependencies = [("lending", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
