"""`resursnav import curriculum`: syllabuses from files; without any, from the authority's interface."""

import argparse
import json

import pytest

from resursnav.deliver.curriculum.models import CentralContent
from resursnav.site.commands import imports

pytestmark = pytest.mark.django_db


def run(*words):
    parser = argparse.ArgumentParser()
    imports.arguments(parser)
    return imports.run(parser.parse_args([str(word) for word in words]))


def test_it_reads_syllabuses(tmp_path, capsys):
    subject = {"code": "GRGRMAT01", "name": "Matematik", "centralContents": [{"year": "1-3", "text": "<p>Tal.</p>"}]}
    (tmp_path / "a.json").write_text(json.dumps(subject))
    assert run("curriculum", tmp_path) == 0
    assert "Punkter: 1, varav nya: 1" in capsys.readouterr().out and CentralContent.objects.count() == 1


def test_it_says_what_is_wrong_and_changes_nothing(tmp_path, capsys):
    (tmp_path / "a.json").write_text("{")
    assert run("curriculum", tmp_path) == 1
    assert "Ingenting är ändrat. a.json" in capsys.readouterr().out


def test_it_asks_for_a_file_where_there_is_no_other_source(capsys):
    assert run("schools") == 1
    assert "vilken fil" in capsys.readouterr().err
