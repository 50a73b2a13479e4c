"""Rest: the frame in which every context hangs its part of the open interface (öppet gränssnitt).

A context's `api.py` declares operations with `endpoint(RULE, scope=...)`, so that the same rules guard programs and
people. The door (dörr) in front of all operations knows who calls by the key (api-nyckel), holds back whoever asks
too often (gräns), answers with an ETag, and turns every refusal into a problem (RFC 9457) in plain words.
Lists come in pages with an opaque marker (bokmärke) that stays right while rows come and go.
Rest owns no tables and knows no other context: the site tells it how a key becomes a person.
Swedish words: öppet gränssnitt (API), api-nyckel (token), omfång (scope), bokmärke (cursor), gräns (rate limit).
"""
