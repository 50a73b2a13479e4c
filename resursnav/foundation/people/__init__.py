"""People: those who sign in, and what they are trusted to be where.

A person signs in with an e-mail address and holds assignments: a role at a node, from a day to a day, granted
by somebody for a reason. A coordinator or a municipality's lead invites people to their own branch. A person may
hold several assignments and chooses in which to act. A person with protected identity is hidden from every list.
Swedish words: person (person), uppdrag (assignment), roll (role), inbjudan (invitation),
skyddad identitet or sekretessmarkering (security marking).
"""
