"""Lending: what is booked, for whom, from when to when, and what comes of it.

A booking (bokning) is made on a holding for a school, in whole days that include the way there and back; which copy
goes is decided when it is packed, and the counting makes sure that there is one. An order (beställning) may hold
several lines, goes through its steps, and can be undone until it is packed. Who cannot be served stands in a queue
(kö) and is offered what becomes free. What has been lent leaves facts for the statistics, without the borrower.
Swedish words: beställning (order), bokning (booking), lån (loan), kö (queue), erbjudande (offer), packa (pack),
utlämnad (handed out), återlämnad (returned), försenad (late), omlån (renewal), spärr (suspension),
lånevillkor (loan rule), underlag för faktura (invoice basis).
"""
