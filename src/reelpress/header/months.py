"""The months' names, in the languages whose dates are read."""

from __future__ import annotations

_NAMES = (
    ("january", "jan", "januar", "jänner", "janvier", "enero", "gennaio", "januari", "ינואר"),
    ("february", "feb", "februar", "février", "fevrier", "febrero", "febbraio", "februari",
     "פברואר"),
    ("march", "mar", "märz", "maerz", "mars", "marzo", "maart", "מרץ"),
    ("april", "apr", "avril", "abril", "aprile", "אפריל"),
    ("may", "mai", "mayo", "maggio", "mei", "מאי"),
    ("june", "jun", "juni", "juin", "junio", "giugno", "יוני"),
    ("july", "jul", "juli", "juillet", "julio", "luglio", "יולי"),
    ("august", "aug", "août", "aout", "agosto", "augustus", "אוגוסט"),
    ("september", "sep", "sept", "septembre", "septiembre", "settembre", "ספטמבר"),
    ("october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "אוקטובר"),
    ("november", "nov", "novembre", "noviembre", "נובמבר"),
    ("december", "dec", "dezember", "dez", "décembre", "diciembre", "dicembre", "דצמבר"),
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names}
"""Lower-case name, or what it is shortened to -> 1 to 12."""
