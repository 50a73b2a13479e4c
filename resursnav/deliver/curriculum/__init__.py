"""Curriculum: what the syllabuses say that teaching shall cover, point by point.

A curriculum (Lgr22) holds subjects; a subject's syllabus comes in versions that hold from a day on, a version has
stages (years 1-3, 4-6, 7-9), and a stage has central content and criteria. A point of central content has an id of
our own, made of subject, stage, heading and text: it stays the same in a new version that says the same thing, so
what teachers have tied to it stays tied; a point that was rewritten says which older one it continues.
Swedish words: läroplan (curriculum), ämne (subject), kursplan (syllabus version), stadium or årskurser (stage),
centralt innehåll (central content), betygskriterier and kriterier för bedömning (criteria).
"""
