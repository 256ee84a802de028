"""Lines that a site puts round a text: each pattern holds for a whole line that stands alone.

A table, to be read and to be added to: a reason, and below it one pattern a line. What might as
well be the author's is in `_DOUBTFUL`: it stays in the text, and is said.
"""

from __future__ import annotations

import re

_NET = (
    r"(?:facebook|twitter|x|pinterest|whats ?app|reddit|linked ?in|tumblr|e-?mail|telegram|print"
    r"|flipboard|instagram|threads|bluesky|mastodon|pocket|messenger|copy(?: link)?|link)"
)
_PAGE = r"(?:article|post|story|review|page)"
_CAPITAL = r"(?-i:[^\Wa-z])"
"""A name or the title of another page, begins so; a sentence of prose does not go on so."""

_COOKIES, _INVITED, _SOLD = "a notice of cookies", "an invitation to subscribe", "an advertisement"
_OTHER_PAGES, _COMMENTS = "a link to other pages of the site", "the place for comments"

_TABLE = {
    "a link to another place of the page": r"""
        (?:skip|jump) (?:directly )?to (?:the )?(?:main )?(?:content|navigation|search|footer|menu)
        (?:skip|jump) to (?:the )?(?:sidebar|article|comments|(?:primary|secondary) .{1,20})
        zu[mr] (?:haupt)?(?:inhalt|navigation|suche)(?: springen)?
        (?:aller|passer) (?:directement )?au contenu(?: principal)?
        (?:saltar|ir) al contenido(?: principal)?
        vai al contenuto
        דילוג לתוכן(?: הראשי)?
        (?:back|scroll|return) to (?:the )?top\W*
        nach oben|haut de page|volver arriba
        """,
    "a link to go on reading": r"""
        scroll to continue\W*
        (?:click|tap) (?:here )?to (?:continue|expand|enlarge)\W*
        (?:continue|keep) reading\b.{0,60}
        weiterlesen\W*|lire la suite\W*|seguir leyendo\W*|continua a leggere\W*
        """,
    "the path to the page": r"""
        (?:home|startseite|accueil|inicio)(?:\s*[>›»/|·•→]\s*[^>›»/|·•→]{1,60}){1,8}
        """,
    "the site's menu": r"""
        home(?: page)?|menu|close(?: menu)?|search\W*|log ?in|log ?out|sign ?(?:in|up|out)|register
        subscribe(?: now)?\W*|join(?: now)?|my account|about(?: us)?|contact(?: us)?|faq|help|shop
        toggle (?:navigation|menu)|(?:open|main) menu|navigation
        menü|suche|anmelden|recherche|s'identifier|connexion|buscar|iniciar sesión
        """,
    _OTHER_PAGES: rf"""
        (?:read|see|view|show|load|get) (?:more|next|less|all|also)\s*[:.…→»>]*
        (?:read|see|view|show) (?:more|all) (?:from|by|in|about)\s+{_CAPITAL}.{{0,100}}
        (?:read|see|view|show) (?:more|next|all) (?:articles?|posts?|stories|reviews?)\b.{{0,60}}
        (?:read|see|view) (?:more|next|also)\s*[:|–-]\s.{{0,140}}
        more (?:from|by|on) {_CAPITAL}.{{1,80}}
        (?:see|read) also\W.{{0,140}}
        mehr von .{{1,60}}|lesen sie auch\W.{{0,140}}|à lire aussi.{{0,140}}|lee también\W.{{0,140}}
        (?:next|previous|older|newer)(?: (?:article|post|story|review|page|entry))?s?\W*
        (?:next|previous) (?:article|post|story|review|entry)\s*[:→»–-].{{1,140}}
        trending(?: now)?|most (?:popular|read)|popular (?:posts|articles)
        latest (?:news|posts|reviews)
        """,
    "a button for sharing": rf"""
        (?:please )?share(?: (?:this|it|now|the love))?(?: {_PAGE})?\W*
        (?:please )?share(?: this| it)?(?: {_PAGE})?(?: (?:on|via|with|to))?(?:\W*{_NET})+\W*
        share (?:this|it)?\s*with (?:your )?friends\W*
        (?:post|save|send|pin|tweet|tell) (?:this |it )?(?:on|to|via|by) {_NET}\W*
        (?:tweet|pin(?: it)?|like|save|print|e-?mail this|whats ?app|copy link)\W*\d*
        {_NET}(?:\s*[|·•,/]?\s*{_NET})+\W*
        facebook|twitter|pinterest|reddit|linkedin|tumblr|e-?mail
        [\d.,]+\s?[km]? (?:shares?|likes?|views?|reads?|claps?|retweets?)
        like this:?|like loading\W*
        teilen(?: auf .{{1,20}})?|partager(?: sur .{{1,20}})?|compartir(?: en .{{1,20}})?
        follow (?:us|me) (?:on|via) .{{1,60}}
        """,
    _SOLD: r"""
        (?:advertisements?|advertising|ads?|promoted|ads? by .{1,40})\W*
        (?:report|remove) (?:this )?ads?\W*
        sponsored(?: (?:content|links?|by .{1,60}))?\W*
        (?:anzeigen?|werbung|publicit[ée]|publicidad|pubblicità|פרסומת)\W*
        (?:story|article|review|page) continues (?:below|after).{0,60}
        (?:this (?:post|article|page) )?(?:may )?contains? affiliate links?\b.{0,120}
        """,
    _COOKIES: r"""
        (?:this|our) (?:web)?(?:site|page) uses? cookies\b.{0,160}
        we (?:and our partners )?use cookies\b.{0,160}
        by (?:continuing|using|clicking)\b.{0,120}cookies?\b.{0,60}
        (?:accept|reject|allow|manage|refuse)(?: all| my)? (?:cookies|preferences|settings|choices)
        (?:accept|reject|allow) all|cookie (?:policy|settings|preferences|notice)
        (?:diese|unsere) (?:web)?seite verwendet cookies\b.{0,160}|alle akzeptieren
        (?:ce|notre) site utilise des cookies\b.{0,160}|tout accepter
        """,
    _COMMENTS: r"""
        (?:\d+|no|view (?:all )?\d*) ?comments?(?: yet)?\W*|comments?(?: \(\d+\))?:?
        (?:leave|post|add|write) (?:a|your) (?:comment|reply)\W*|comments are (?:closed|off)\W*
        (?:sign|log) in to (?:comment|reply|join)\b.{0,60}|be the first to comment\W*
        (?:\d+ )?kommentare?|kommentar (?:schreiben|hinterlassen)
        (?:\d+ )?commentaires?|laisser un commentaire|(?:\d+ )?comentarios?
        """,
    _INVITED: r"""
        (?:sign|signing) up (?:for|to)\b.{0,140}
        subscribe (?:to|for|by|via)\b.{0,140}
        join (?:our|my|the) (?:mailing list|newsletter|community)\b.{0,100}
        get (?:our|the|my) (?:latest|best|weekly|daily|free)\b.{0,140}
        (?:enter )?your e-?mail(?: address)?\W*
        newsletter(?: (?:sign ?up|abonnieren))?|(?:unsere?n?|zum) newsletter\b.{0,80}
        never miss an? (?:post|review|update)\b.{0,80}
        """,
    "how long it takes to read": r"""
        \d{1,2}[ -]min(?:ute)?s?\.? read(?:ing time)?
        (?:estimated )?read(?:ing)? time\b.{0,30}
        lesezeit\b.{0,30}|temps de lecture\b.{0,30}|tiempo de lectura\b.{0,30}
        """,
    "a category of the site": r"""
        (?:filed under|posted in|categor(?:y|ies)|kategorien?|catégories?)\s*:.{1,120}
        """,
    "the foot of the site's pages": r"""
        all rights reserved\W*
        (?:terms (?:of|and) (?:use|service|conditions)|privacy policy)(?:\s*[|·•,–-]\s.{1,80})?
        imprint|impressum|datenschutz(?:erklärung)?|mentions légales|disclaimer
        sitemap|accessibility
        do not sell my.{0,40}
        (?:proudly )?powered by .{1,40}|theme(?:: | by ).{1,40}
        """,
}
SITE = tuple(
    (re.compile("|".join(line.strip() for line in lines.strip().split("\n")), re.I), reason)
    for reason, lines in _TABLE.items()
)
"""Pattern of a whole line, and what it is."""
_SENTENCES = frozenset({_COOKIES, _INVITED, _SOLD})
"""What a site says in sentences; any other sentence is the author's."""
_FEW = 4
_LONGEST = 220

_RELATED = re.compile(
    r"related\s*:?"
    r"|(?:related|recommended|similar|suggested|popular|recent) (?:articles?|posts?|stories"
    r"|reviews?|content|reading|links?|pages?|for you)\s*:?"
    r"|you (?:may|might) (?:also )?(?:like|enjoy)\W*"
    r"|more (?:articles|posts|reviews|stories)(?: like this)?|read next|up next"
    r"|ähnliche (?:artikel|beiträge)|das könnte (?:sie|dich) auch interessieren\W*"
    r"|articles (?:similaires|liés)|artículos relacionados|כתבות נוספות|עוד באתר",
    re.I,
)
_DOUBTFUL = re.compile(
    r"\b(?:subscribe|newsletter|click here|read more|follow (?:us|me)|sign up|sponsored|cookies?"
    r"|advertisement|share this|buy (?:it |this |tickets |now)|watch the trailer|affiliate"
    r"|stream (?:it )?(?:on|now)|(?:photo|image|picture|foto)s?(?: credit)?s?\s*:|photo by"
    r"|image via|getty images|support (?:us|me) on|patreon|ko-fi|updated|last edited)(?!\w)",
    re.I,
)
_SHORT = 100


def site_reason(line: str) -> str:
    """Why a line that stands alone is the site's own; empty where it is not known to be."""
    bare = line.strip().strip("*•·-–—|[]()→←↑»«#\u200e\u200f ")
    if not bare or len(bare) > _LONGEST:
        return ""
    reason = next((reason for pattern, reason in SITE if pattern.fullmatch(bare)), "")
    sentence = bare[-1] in ".!?" and len(bare.split()) > _FEW
    return "" if sentence and reason not in _SENTENCES else reason


def heads_related(line: str) -> bool:
    """Whether a line stands above a list of other pages."""
    return _RELATED.fullmatch(line.strip().strip("#*|–- ")) is not None


def is_doubtful(line: str) -> bool:
    """Whether a short line that stands alone, and is no sentence, might be the site's."""
    return len(line) <= _SHORT and line[-1] not in '.!?”"' and bool(_DOUBTFUL.search(line))
