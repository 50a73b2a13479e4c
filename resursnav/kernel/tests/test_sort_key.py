"""Swedish order: å, ä and ö are the last letters."""

from resursnav.kernel.text import sort_key


def test_it_puts_the_swedish_letters_last_and_other_accents_with_their_letter():
    names = ["Öberg", "Ärla", "Zorn", "Ål", "Zätterlund", "Édouard", "Eva", "Adam"]
    assert sorted(names, key=sort_key) == ["Adam", "Édouard", "Eva", "Zorn", "Zätterlund", "Ål", "Ärla", "Öberg"]
