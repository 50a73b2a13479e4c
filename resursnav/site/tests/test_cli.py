"""The command line: says what there is, refuses clearly, and plants the first administrator."""

import pytest

from resursnav.foundation.imports.models import ImportBatch, Status
from resursnav.foundation.organisations.models import Organisation
from resursnav.foundation.people.models import Assignment, Person
from resursnav.site import cli
from resursnav.site.cli import COMMANDS, main


def test_it_lists_every_command(capsys):
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(f"  {name} " in said for name in COMMANDS)
    assert main([]) == 2


def test_it_refuses_a_command_that_is_not_there(capsys):
    assert main(["dansa"]) == 2
    assert "inget kommando som heter dansa" in capsys.readouterr().err


@pytest.mark.parametrize("name", [name for name, command in COMMANDS.items() if not command.demo])
def test_every_command_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert f"resursnav {name}" in capsys.readouterr().out


def test_it_stops_quietly_when_interrupted(monkeypatch):
    def interrupted(name):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "import_module", interrupted)
    assert main(["doctor"]) == 130


@pytest.mark.django_db
def test_it_plants_the_first_administrator_with_a_region(capsys):
    words = ["createsuperuser", "--email", "Chef@example.org", "--given-name", "Åsa", "--no-password"]
    assert main(words) == 1
    assert "24 Västerbottens län" in capsys.readouterr().err
    assert not Person.objects.exists()

    assert main([*words, "--county", "24"]) == 0
    post = Assignment.objects.get()
    assert (post.role, post.node.code, post.person.email) == ("administrator", "24", "chef@example.org")
    assert not post.person.has_usable_password()
    assert main([*words, "--county", "24"]) == 1  # the region is there now
    assert main([*words]) == 0
    assert (Assignment.objects.count(), Organisation.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_a_password_must_be_good_and_typed_twice_alike(monkeypatch, capsys):
    typed = iter(
        ["kort", "en lång mening som duger", "en annan", "en lång mening som duger", "en lång mening som duger"]
    )
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    assert main(["createsuperuser", "--email", "chef@example.org", "--county", "08"]) == 0
    assert Person.objects.get().check_password("en lång mening som duger")
    assert "inte lika" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_bad_address_is_refused_and_nothing_is_made(capsys):
    assert main(["createsuperuser", "--email", "inte en adress", "--county", "08", "--no-password"]) == 1
    assert "e-postadress" in capsys.readouterr().err
    assert not Person.objects.exists()


@pytest.fixture
def register(tmp_path):
    file = tmp_path / "lan.csv"
    file.write_text("code,name\n24,Västerbottens län\n8,Kalmar län\nxx,Ingenstans\n")
    return file


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"


@pytest.mark.django_db(transaction=True)
def test_it_shows_what_an_import_would_do_and_does_it_when_told(register, capsys):
    assert main(["import", "counties", str(register)]) == 1
    said = capsys.readouterr().out
    assert "2 nya" in said
    assert "rad 4: " in said
    assert "--yes" in said
    assert not Organisation.objects.exists()
    assert ImportBatch.objects.get().status == Status.DISCARDED

    assert main(["import", "counties", str(register), "--yes"]) == 0
    assert sorted(Organisation.objects.values_list("code", flat=True)) == ["08", "24"]
    assert main(["import", "counties", str(register), "--yes"]) == 0
    assert Organisation.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_it_asks_before_it_reads_in(register, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda prompt: "nej")
    assert main(["import", "counties", str(register)]) == 1
    monkeypatch.setattr("builtins.input", lambda prompt: "ja")
    assert main(["import", "counties", str(register)]) == 0
    assert Organisation.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["counties", "nowhere.csv"], "finns inte"),
        (["resources", "{file}"], "--for"),
        (["resources", "{file}", "--for", "24"], "Det finns ingen region med koden 24"),
        (["municipalities", "{file}", "--for", "2425"], "Det finns ingen kommun med koden 2425"),
    ],
)
def test_it_says_what_is_missing_for_an_import(register, words, told, capsys):
    assert main(["import", *(word.format(file=register) for word in words)]) == 1
    assert told in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_it_refuses_a_file_that_is_nothing_like_what_was_said(tmp_path, capsys):
    picture = tmp_path / "bild.csv"
    picture.write_bytes(bytes(range(256)) * 40)
    assert main(["import", "counties", str(picture), "--yes"]) == 1
    assert not Organisation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_builds_the_index(capsys):
    assert main(["index"]) == 0
    assert "följer med" in capsys.readouterr().out
    assert main(["index", "--rebuild"]) == 0
    assert "Sökindexet är byggt" in capsys.readouterr().out
