"""Rights: which titles an agreement is about, and so what each school may do with each of them.

An agreement's usage rights hold for places (landscape/agreements); here its title lists get their titles: one by one,
by collection, or all from a supplier. `may.ask` answers for many resources at once whether a place may use them in a
way on a day, why, and until when. The search's filter, the resource's page, bookings, streaming links and the API all
ask here. The run-out forecast (bortfall) says what disappears for whom when agreements end.
Swedish words: rättighet (right), får användas (may be used), leverantör (supplier), titellista (title list),
bortfall (run-out), fri licens (open licence).
"""
