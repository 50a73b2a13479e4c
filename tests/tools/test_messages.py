"""The tool that keeps the two languages together."""

import gettext
import os

import pytest

from tools import baretext, messages

MODULE = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext
a = _("Hej")
b = ngettext("%(n)d bok", "%(n)d böcker", 2)
c = pgettext("the year", "År")
d = gettext_lazy(
    "En lång "
    "text"
)
"""
TEMPLATE = """{% load i18n %}
<h1>{% translate "Rubrik" %}</h1>
{% card title=_("Kort") %}{{ x|default:_("Saknas") }}{% endcard %}
{% blocktranslate trimmed count n=n %}
  En sak för
  {{ name }}
{% plural %}
  {{ n }} saker
{% endblocktranslate %}
{% translate "Maj" context "month" %}
"""


@pytest.fixture
def context(tmp_path):
    made = tmp_path / "resursnav" / "deliver" / "toys"
    (made / "templates" / "toys").mkdir(parents=True)
    (made / "tests").mkdir()
    (made / "apps.py").write_text("")
    (made / "models.py").write_text(MODULE)
    (made / "tests" / "test_x.py").write_text("_('Bara i ett prov')")
    (made / "templates" / "toys" / "show.html").write_text(TEMPLATE)
    return made


def translate(context, **strings):
    """Write English for the Swedish texts that are named."""
    path = messages.catalogue(context)
    catalog = messages.read(path)
    for message in catalog:
        if message.id:
            singular = message.id[0] if isinstance(message.id, tuple) else message.id
            english = strings.get(singular, "EN " + singular)
            message.string = (english, english) if isinstance(message.id, tuple) else english
    with path.open("wb") as file:
        messages.write_po(file, catalog, omit_header=False)


def test_it_finds_the_texts_of_python_and_templates(context):
    assert {(text.singular, text.plural, text.context) for text in messages.find(context).places} == {
        ("Hej", "", None),
        ("%(n)d bok", "%(n)d böcker", None),
        ("År", "", "the year"),
        ("En lång text", "", None),
        ("Rubrik", "", None),
        ("Kort", "", None),
        ("Saknas", "", None),
        ("En sak för %(name)s", "%(n)s saker", None),
        ("Maj", "", "month"),
    }


def test_it_finds_texts_under_the_name_that_a_module_gives_the_function(context):
    (context / "forms.py").write_text(
        "from django.utils.translation import gettext as _now, ngettext as _several\n"
        "from .words import gettext as _other\n"
        "a = _now('Nu')\nb = _several('En', 'Flera', 2)\nc = _other('Inget')\n"
    )
    found = {(text.singular, text.plural) for text in messages.texts_of_python(context / "forms.py")}
    assert found == {("Nu", ""), ("En", "Flera")}


def neighbour(context, module, **strings):
    """Another context beside it, with its English."""
    made = context.parent / "balls"
    made.mkdir()
    (made / "apps.py").write_text("")
    (made / "models.py").write_text(module)
    messages.update(made)
    translate(made, **strings)
    return made


def test_it_says_where_a_text_has_another_english(context):
    messages.update(context)
    translate(context, Hej="Hello")
    same = "_('Rubrik')\npgettext('the year', 'År')\n"
    other = neighbour(context, f"_('Hej')\n{same}", Hej="Hi")
    root = context.parents[1]
    [said] = messages.clashes([context, other], root)
    assert "'Hej' has several English texts" in said
    assert "deliver/toys: 'Hello'" in said
    assert "deliver/balls: 'Hi'" in said
    assert messages.clashes([other], root) == [said]
    assert messages.clashes([], root) == []


def test_a_context_tells_apart_what_looks_alike(context):
    messages.update(context)
    translate(context, År="Year")
    other = neighbour(context, "_('År')\npgettext('the age', 'År')\n", År="Years")
    assert messages.clashes([context, other], context.parents[1]) == []
    (other / "models.py").write_text("pgettext('the year', 'År')\n")
    messages.update(other)
    translate(other, År="Years")
    [said] = messages.clashes([context, other], context.parents[1])
    assert "'År' (the year)" in said


def test_what_is_not_translated_yet_clashes_with_nothing(context):
    messages.update(context)
    translate(context, Hej="Hello")
    other = neighbour(context, "_('Hej')\n", Hej="")
    assert messages.clashes([context, other], context.parents[1]) == []


def test_it_finds_all_that_django_itself_would(context):
    """Every text that Django's own rewriting of the template names is found."""
    rewritten = messages.templatize(TEMPLATE)
    found = {text.singular for text in messages.texts_of_template(context / "templates" / "toys" / "show.html")}
    assert len(found) == rewritten.count("gettext(") + rewritten.count(" _(")


def test_it_says_what_is_missing_and_then_that_nothing_is(context):
    assert len([line for line in messages.problems(context) if "run update" in line]) == 9
    messages.update(context)
    assert len([line for line in messages.problems(context) if "no English" in line]) == 9
    translate(context, **{"En sak för %(name)s": "%(n)s thing(s) for %(name)s", "%(n)d bok": "%(n)d books"})
    assert messages.problems(context) == []


def test_it_keeps_translations_and_drops_what_is_gone(context):
    messages.update(context)
    translate(context, Hej="Hello", Rubrik="Heading")
    (context / "models.py").write_text("a = _('Hej')")
    assert any("no longer used" in line for line in messages.problems(context))
    messages.update(context)
    catalog = messages.read(messages.catalogue(context))
    assert catalog.get("Hej").string == "Hello"
    assert catalog.get("Rubrik").string == "Heading"
    assert catalog.get("En lång text") is None
    first = messages.catalogue(context).read_text()
    messages.update(context)
    assert messages.catalogue(context).read_text() == first


def test_it_refuses_lost_placeholders_and_fuzzy_texts(context):
    messages.update(context)
    translate(context, **{"%(n)d bok": "books", "En sak för %(name)s": "%(n)s for %(name)s"})
    assert [line for line in messages.problems(context) if "placeholders differ" in line]
    path = messages.catalogue(context)
    path.write_text(path.read_text().replace('msgid "Hej"', '#, fuzzy\nmsgid "Hej"'))
    assert [line for line in messages.problems(context) if "fuzzy" in line and "Hej" in line]


def test_it_compiles_what_python_reads_and_only_when_stale(context):
    root = context.parents[1]
    messages.update(context)
    translate(context, Hej="Hello", **{"%(n)d bok": "%(n)d books"})
    assert messages.compile_all(root=root) == 1
    assert messages.compile_all(root=root) == 0
    source = messages.catalogue(context)
    with source.with_suffix(".mo").open("rb") as file:
        english = gettext.GNUTranslations(file)
    assert english.gettext("Hej") == "Hello"
    assert english.ngettext("%(n)d bok", "%(n)d böcker", 2) == "%(n)d books"
    os.utime(source, (source.stat().st_mtime + 60,) * 2)
    assert messages.compile_all(root=root) == 1


@pytest.mark.parametrize(
    "bare",
    [
        "<p>Hej du</p>",
        "<p>{{ name }} är här</p>",
        '<img src="x" alt="En bild">',
        '<a href="{% url "x" %}" title="Visa {{ name }}">{{ name }}</a>',
        '<button aria-label="Stäng"></button>',
        '<input placeholder="Sök">',
        '<input type="submit" value="Spara">',
        '{% card title="Bra att veta" %}{% endcard %}',
        '{{ x|default:"Saknas" }}',
        '{{ x|yesno:"Ja,Nej" }}',
        '<p translate="no">Resursnav</p><p>Hej</p>',
        "<p>{# borta #}Kvar</p>",
        '{% card title=_("50 % till") %}{% endcard %}',
    ],
)
def test_it_sees_bare_text_in_a_template(bare):
    assert baretext.in_template(bare)


@pytest.mark.parametrize(
    "fine",
    [
        '<p>{% translate "Hej du" %} 12 · {{ x|date:"j F Y" }}</p>',
        "{% blocktranslate trimmed %}Hej {{ x }}{% plural %}Hej alla{% endblocktranslate %}",
        '<b translate="no">Resursnav <i>CC BY</i></b>',
        '<script type="application/json">{"Hej": 1}</script><style>a b {}</style>',
        '{% card title=_("Bra att veta") kind="info" url_name="resources:show" %}{% endcard %}',
        '{% if x == "Aa" %}{% include "ui/page.html" with kind="warning" %}{% endif %}',
        '<input type="hidden" value="Hej du"><meta name="viewport" content="width=device-width">',
        "{% comment %}En anteckning{% endcomment %}{# En till #}",
    ],
)
def test_it_leaves_translated_and_technical_text_alone(fine):
    assert baretext.in_template(fine) == []


def test_it_reads_mails_as_plain_text():
    assert baretext.in_template('{% translate "Hej" %}\n{{ link }} https://example.org/x\n', html=False) == []
    assert baretext.in_template("Hej {{ name }}\n", html=False) == [(1, "Hej …")]


@pytest.mark.parametrize(
    "bare",
    [
        'name = models.CharField("namn", max_length=3)',
        'forms.CharField(label="Namn")',
        'raise UnableToLend("Boken är utlånad.")',
        'raise UnableToLend(f"Boken {title} är utlånad.")',
        'messages.success(request, "Sparat.")',
        'class Kind(models.TextChoices):\n    A = "a", "skola"',
        'class Meta:\n    verbose_name = "sak"',
        'forms.CharField(error_messages={"required": "Skriv något."})',
    ],
)
def test_it_sees_bare_text_in_python(bare):
    assert baretext.in_python(bare)


def test_it_leaves_wrapped_and_technical_python_alone():
    assert (
        baretext.in_python('x = models.CharField(_("namn"), db_column="namn", max_length=3)\nlabel = "resources"') == []
    )
