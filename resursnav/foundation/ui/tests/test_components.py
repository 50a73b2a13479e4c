"""The components as pages use them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils import translation

from resursnav.foundation.ui import icons
from resursnav.foundation.ui.components.lists import FacetChoice, FacetGroup


def draw(source: str, at: str = "/list/", **values: object) -> str:
    request = RequestFactory().get(at)
    return Template("{% load ui %}" + source).render(RequestContext(request, values))


class Sample(forms.Form):
    name = forms.CharField(label="Namn", help_text="Som i passet.", max_length=5)
    note = forms.CharField(label="Anteckning", required=False, widget=forms.Textarea)
    way = forms.ChoiceField(label="Hur?", widget=forms.RadioSelect, choices=[("a", "Alfa"), ("b", "Beta")])
    sure = forms.BooleanField(label="Säker")
    secret = forms.CharField(widget=forms.HiddenInput)


def test_a_field_says_help_before_error_before_control():
    form = Sample({"name": "för långt namn"})
    html = draw("{% field form.name %}", form=form)
    assert html.index("Namn</label>") < html.index('id="id_name_helptext"') < html.index('id="id_name_error"')
    assert html.index('id="id_name_error"') < html.index("<input")
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="för långt namn"' in html  # what was typed is kept


def test_only_optional_fields_are_marked():
    form = Sample()
    assert "(valfritt)" in draw("{% field form.note %}", form=form)
    assert "(valfritt)" not in draw("{% field form.name %}", form=form)


def test_choices_are_a_group_with_a_legend():
    html = draw("{% field form.way %}", form=Sample({"way": "b"}))
    assert "<fieldset" in html
    assert "Hur?" in html
    assert 'value="b" id="id_way_1" checked' in html


def test_a_form_lists_its_errors_with_links():
    html = draw('{% form form submit="Spara" cancel="/back/" %}{% endform %}', form=Sample({}))
    assert '<a href="#id_name">Namn: Detta fält måste fyllas i.</a>' in html
    assert '<a href="#id_way_0">Hur? Detta fält måste fyllas i.</a>' in html
    assert html.count('role="alert"') == 1
    assert 'name="csrfmiddlewaretoken"' in html
    assert 'name="secret"' in html
    assert html.index('name="name"') < html.index('name="way"') < html.index("Spara")


def test_a_form_with_content_draws_only_that():
    html = draw('{% form form submit="Spara" %}<p>eget</p>{% endform %}', form=Sample())
    assert "<p>eget</p>" in html
    assert 'name="name"' not in html
    assert 'role="alert"' not in html


def test_what_a_person_typed_is_escaped_everywhere():
    evil = '<script>alert("x")</script>'
    html = draw(
        "{% badge evil %}{% notice title=evil %}{{ evil }}{% endnotice %}{% card title=evil url=evil %}{% endcard %}"
        "{% person name=evil role=evil %}{% fact evil %}{{ evil }}{% endfact %}{% tab evil '/x/' %}{% button evil %}",
        evil=evil,
    )
    assert "<script" not in html


def test_a_sorted_column_turns_around_and_forgets_the_page():
    up = draw('{% sort_header "Titel" "title" %}', "/list/?sort=title&page=3&q=bi")
    assert 'aria-sort="ascending"' in up
    assert 'href="?q=bi&amp;sort=-title"' in up
    down = draw('{% sort_header "Titel" "title" %}', "/list/?sort=-title")
    assert 'aria-sort="descending"' in down
    assert 'href="?sort=title"' in down
    assert 'aria-sort="ascending"' in draw('{% sort_header "Titel" "title" "title" %}')
    assert 'aria-sort="none"' in draw('{% sort_header "Titel" "title" "place" %}')


def test_a_table_keeps_the_rest_of_the_address_when_it_filters():
    html = draw(
        '{% table caption="Lån" filter="q" export="csv,xlsx" count=1204 keys=True %}<tbody></tbody>{% endtable %}',
        "/list/?q=robot&place=Dorotea&page=4",
    )
    assert '<input type="hidden" name="place" value="Dorotea">' in html
    assert 'name="page"' not in html
    assert 'value="robot"' in html
    assert "1\u00a0204 rader" in html
    assert 'href="?q=robot&amp;place=Dorotea&amp;format=csv"' in html
    assert "data-keys" in html
    assert "<caption>Lån</caption>" in html


def test_pages_keep_the_address_and_name_their_numbers():
    page = Paginator(range(200), 10).get_page(10)
    html = draw("{% pagination page %}", "/list/?q=bi&page=10", page=page)
    assert 'rel="prev" href="?q=bi&amp;page=9"' in html
    assert 'aria-current="page" aria-label="Sida 10"' in html
    assert draw("{% pagination page %}", page=Paginator(range(3), 10).get_page(1)).strip() == ""


def test_facets_show_counts_and_keep_other_choices():
    groups = [
        FacetGroup("kind", "Typ", (FacetChoice("film", "Film", 1200, selected=True),)),
        FacetGroup("empty", "Tom", ()),
    ]
    html = draw("{% facets groups %}{% endfacets %}", "/list/?q=bi&kind=film&page=2", groups=groups)
    assert 'name="kind" value="film" checked' in html
    assert '<input type="hidden" name="q" value="bi">' in html
    assert "1\u00a0200" in html
    assert 'href="?q=bi"' in html
    assert "Tom" not in html
    assert 'name="page"' not in html


def test_a_fact_without_content_is_left_out():
    assert "Språk" not in draw('{% facts %}{% fact "Språk" %} {% endfact %}{% endfacts %}')
    assert "svenska" in draw('{% facts %}{% fact "Språk" %}svenska{% endfact %}{% endfacts %}')


def test_a_person_without_letters_still_has_a_mark():
    assert ">ÅL<" in draw('{% person name="Åsa Maria Lind" %}')
    assert ">?<" in draw('{% person name="123" %}')


@pytest.mark.parametrize(("value", "total", "share"), [(5, 10, 50), (-3, 10, 0), (99, 10, 100), (1, 0, 0)])
def test_progress_never_runs_over(value: int, total: int, share: int):
    assert f">{share} %</progress>" in draw("{% progress v t 'Läser' %}", v=value, t=total)


def test_icons_come_from_the_package_or_are_refused():
    assert "<path" in draw('{% icon "search" %}')
    assert 'class="rn-icon rn-glyph rn-glyph--listen"' in draw('{% glyph "listen" %}')
    with pytest.raises(icons.UnknownIcon):
        draw('{% icon "no-such-icon" %}')
    with pytest.raises(icons.UnknownIcon):
        icons.icon("../../package")


def test_without_the_package_the_word_stands_alone(settings, tmp_path):
    icons.inner.cache_clear()
    settings.NODE_MODULES = tmp_path
    assert icons.inner("search") == ""
    icons.inner.cache_clear()


@pytest.mark.parametrize(
    ("value", "swedish", "english"),
    [
        (1234567, "1\u00a0234\u00a0567", "1,234,567"),
        (1234.5, "1\u00a0234,5", "1,234.5"),
        (-2, "\u22122", "-2"),
        (None, "", ""),
    ],
)
def test_numbers_follow_the_language(value: float | None, swedish: str, english: str):
    assert draw("{{ v|number }}", v=value) == swedish
    with translation.override("en"):
        assert draw("{{ v|number }}", v=value) == english


def test_days_and_moments_follow_the_language_and_the_clock_of_sweden():
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # already the 24th in Sweden
    assert draw("{{ v|day }}", v=late) == "tisdag 24 november"
    assert draw("{{ v|day_year }}", v=date(2026, 11, 24)) == "24 november 2026"
    assert draw("{{ v|moment_text }}", v=late) == "24 november 2026 kl. 00.30"
    assert draw("{{ v|moment_text }}{{ v|day }}{{ v|day_year }}", v=None) == ""
    with translation.override("en"):
        assert draw("{{ v|day }}", v=late) == "Tuesday 24 November"
        assert draw("{{ v|moment_text }}", v=late) == "24 November 2026, 00:30"


def test_days_in_tables_are_short_and_never_break():
    late = datetime(2026, 5, 1, 23, 30, tzinfo=UTC)
    assert draw("{{ v|day_short }}", v=date(2026, 11, 24)) == "24\u00a0nov\u00a02026"
    assert draw("{{ v|moment_short }}", v=late) == "2\u00a0maj\u00a02026 01.30"
    assert draw("{{ v|day_short }}{{ v|moment_short }}", v=None) == ""
    with translation.override("en"):
        assert draw("{{ v|moment_short }}", v=late) == "2\u00a0May\u00a02026 01:30"


@pytest.mark.parametrize(
    ("amount", "swedish", "english"),
    [("12500", "12\u00a0500", "12,500"), ("12500.50", "12\u00a0500,50", "12,500.50"), ("-0.5", "\u22120,50", "-0.50")],
)
def test_an_amount_has_two_digits_of_ore_or_none(amount: str, swedish: str, english: str):
    assert draw("{{ v|kronor }}", v=Decimal(amount)) == swedish
    assert draw("{{ v|kronor }}", v=None) == ""
    with translation.override("en"):
        assert draw("{{ v|kronor }}", v=Decimal(amount)) == english


def test_what_the_label_says_is_not_said_again_in_the_box():
    class Twice(forms.Form):
        email = forms.EmailField(label="E-post", widget=forms.EmailInput(attrs={"placeholder": "E-post"}))
        code = forms.CharField(label="Kod", widget=forms.TextInput(attrs={"placeholder": "till exempel 2425"}))

    assert "placeholder" not in draw("{% field form.email %}", form=Twice())
    assert 'placeholder="till exempel 2425"' in draw("{% field form.code %}", form=Twice())


def test_telephone_numbers_can_be_called():
    assert draw("{{ v|tel }}", v="090-12 34 56") == "+4690123456"
    assert draw("{{ v|tel }}", v="+46 90 123456") == "+4690123456"


class Balanced(HTMLParser):
    """Fails on a closing tag that nobody opened, and remembers attributes."""

    VOID = {
        "area",
        "base",
        "br",
        "col",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "path",
        "circle",
        "rect",
        "line",
    }

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.styled: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in self.VOID:
            self.open.append(tag)
        self.ids += [value for name, value in attrs if name == "id"]
        self.styled += [tag for name, _ in attrs if name == "style" or name.startswith("on")]

    def handle_startendtag(self, tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open.pop() == tag


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/ui/", "/ui/?wrong", "/accessibility/", "/accessibility/report/", "/no-such-page/"]
)
def test_pages_are_well_formed(client, address: str):
    html = client.get(address, headers={"accept": "text/html"}).content.decode()
    page = Balanced()
    page.feed(html)
    assert page.open == []
    assert sorted(set(page.ids)) == sorted(page.ids)
    assert page.styled == []
    assert "<script>" not in html


@pytest.mark.django_db
def test_the_title_says_that_something_is_wrong(client):
    html = client.post("/accessibility/report/", {}).content.decode()
    assert "<title>Fel: Rapportera en brist" in html


def test_a_page_that_failed_before_it_had_a_frame_can_be_drawn():
    html = Template('{% include "500.html" %}').render(Context({}))
    assert "Något gick fel hos oss" in html
    assert "Resursnav</title>" in html


def test_errors_of_hidden_fields_are_not_lost():
    form = Sample({"name": "Åsa", "way": "a", "sure": "on"})
    assert "<li>Detta fält måste fyllas i.</li>" in draw("{% error_summary form %}", form=form)


def test_a_field_can_be_where_one_begins():
    assert "autofocus" in draw("{% field form.name autofocus=True %}", form=Sample())
    assert "autofocus" not in draw("{% field form.name %}", form=Sample())


def test_an_address_breaks_where_one_would():
    drawn = draw("{{ address|breakable }}", address="fatima.ahmadi@skola.example.org<b>")
    assert drawn == "fatima<wbr>.ahmadi<wbr>@skola<wbr>.example<wbr>.org&lt;b&gt;"
    assert draw("{{ address|breakable }}", address="") == ""
