"""Agreements: what the centre and the municipalities have agreed with others, and what it gives whom the right to do.

An agreement (avtal) stands between an owner (a region or a municipality) and a counterpart (motpart), for a period,
with a notice date (sista uppsägningsdag), a price and a share key (kostnadsnyckel). It gives usage rights
(rättighet): a way of use, for a part of the tree with exceptions (undantag), some school forms and some people.
`terms.answer` says whether a place may, how and until when; what the right is about (a film, a licence) is tied to it
further up, by those who know films and licences. Nothing that has been in force is deleted: it ends.
Swedish words: avtal (agreement), motpart (counterpart), rättighet (usage right), användningssätt (way of use),
omfattning (coverage), undantag (exception), uppsägning (notice), sista uppsägningsdag (notice date),
kostnadsnyckel (share key), kostnadsandel (cost share), löper ut (runs out), förnyelse (renewal),
titellista (title list).
"""
