"""Resources: the catalogue, the heart of what teachers use.

A resource (verk) is a film, a book, a game, a kit or anything else that helps somebody learn; what one gets of it
are its editions (utgåvor), each of one media type. A resource goes from draft to reviewed to published, and may be
withdrawn with a reason; it belongs to the centre that looks after it, and is public or for that centre's own branch.
Around it stand subjects, identifiers, links and accessibility, collections (samlingar) with an editor's text,
teaching tips (pedagogiska tips) from teachers and librarians, "jag har använt den här", and points of the curriculum.
Everything here that may be found tells the search index, with the same audience as `visible_to` gives.
Swedish words: resurs (resource), utgåva (edition), samling (collection), tips (tip), omslag (cover),
ämne (subject term), upphov (creator), tillbakadragen (withdrawn).
"""
