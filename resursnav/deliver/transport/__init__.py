"""Transport: how things travel between the centre and a school, and on which days.

A carrier (transportör) goes by van on route days (turdagar), by post in so many days, or is a desk where one picks up
oneself. A route (tur) serves places in the tree and has a cut-off (stopptid). Closed days (stängt) and school breaks
(lov) per municipality stand beside. `calendar.Plan` answers for one place when a thing must leave to be there on a
day, when it is back, and which is the first day it can be in the classroom.
Swedish words: tur (route), turdag (route day), stopptid (cut-off), post (post), avhämtning (pick-up),
öppettid (opening hours), stängt (closed), lov (school break).
"""
