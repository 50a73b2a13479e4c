"""Ui: what everything in the house looks like, and the duties of a public website.

Here are the theme on Designsystemet, the frame around every page, the components as template tags, the charts
and the gallery at /ui/ that shows each of them in every state. Here, too, are the switch of language, the
accessibility statement that is made from what is measured and known, and the reports of flaws that anybody can
leave without saying who they are. Everything works without JavaScript; ui.js adds comfort and stores nothing.
Swedish words: ram (frame), komponent (component), tillgänglighetsredogörelse (accessibility statement),
bristrapport (flaw report), åtgärdad (mended), språkval (choice of language).
"""
