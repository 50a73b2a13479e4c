"""The start pages: the way in for strangers, and what waits for those who have signed in.

A stranger sees in one sentence what this is, a large search, doors to what exists, what is new, and the county on a
map. Who has signed in is greeted, sees at most five things that wait, then the own place, then what is new.
Contexts contribute through their manifests: a menu entry with `about` is a door, a StartItem gives lines.
Swedish words: startsida (start page), dörr (door), väntar på dig (waiting), nytt (new).
"""
