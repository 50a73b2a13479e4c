"""Notices: what the house tells people, in the bell and by e-mail.

A notice is a line for one person, shown at the bell until it is read. Each person chooses for every kind of
notice whether it also comes by e-mail at once, in a daily digest or not at all; invitations and security always come.
A mail is a row in the outbox, written in the same transaction as its cause and sent by the worker after commit:
one worker claims it, a mail keeps its Message-ID however often it is tried, and none is ever lost.
Swedish words: avisering (notice), klocka (bell), utkorg (outbox), sammandrag (digest), inställning (preference).
"""
