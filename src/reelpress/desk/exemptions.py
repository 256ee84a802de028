"""Exemptions: warnings that a ticket lets stand, each with its reason."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from reelpress.desk.origins import HOME
from reelpress.desk.pool import Pool, lock_path, ticket_path
from reelpress.findings import RULES, Finding, Severity, did_you_mean, find
from reelpress.header import Header, Ticket

_BOUND = frozenset("EP")
"""Families that only binding can notice."""
_OFFERED = frozenset("R")
"""Families that are noticed for one volume, and not for another."""


def excuse(
    ticket: Header[Ticket], findings: Iterable[Finding], pool: Pool, *, bound: bool, whole: bool
) -> tuple[Finding, ...]:
    """The findings of one anthology, less those that its ticket excuses.

    Errors are never excused. An exemption that excuses nothing is itself a finding (H034), unless
    what it speaks of may be there and was not looked for: what binding tells was, with `bound`,
    and what is told of some volumes, with `whole`. Others: H006, H014.
    """
    kept = list(findings)
    open_ = (frozenset() if bound and whole else _BOUND) | (frozenset() if whole else _OFFERED)
    for index, exemption in enumerate(ticket.model.exempt):
        code = exemption.rule.upper()
        rule = RULES.get(code)
        place = ticket.place("exempt", index, "rule")
        if rule is None or rule.severity is Severity.ERROR:
            problem = f"{code} is an error, and stands" if rule else f"there is no rule {code}"
            hint = "" if rule else did_you_mean(code, RULES)
            kept.append(find("H006", place, field="exempt", problem=problem, hint=hint))
            continue
        path = _path(exemption.where, pool)
        if exemption.where and path is None:
            where = ticket.place("exempt", index, "where")
            hint = did_you_mean(exemption.where, pool.slugs)
            name = f'"{exemption.where}"'
            kept.append(find("H014", where, what="review or file", name=name, hint=hint))
            continue
        left = [f for f in kept if f.code != code or (path and f.place.path != path)]
        if len(left) == len(kept) and code[0] not in open_:
            left.append(find("H034", place))
        kept = left
    return tuple(kept)


def _path(where: str, pool: Pool) -> str | None:
    """The path of a review's slug, of a file below manuscripts/, or of one in a source."""
    if where in pool.slugs:
        return pool.slugs[where]
    name, _, inner = where.partition(":")
    if (source := pool.source(name)) is not None:
        where = f"{source.base}/{inner}"
    if posixpath.normpath(where) in pool.manuscripts:  # as findings print it
        return posixpath.normpath(where)
    path = posixpath.normpath(f"{HOME}/{where}")
    inside = path.startswith(f"{HOME}/")
    return path if where and inside and pool.folder.exists(path) else None


def concerning(name: str, findings: Iterable[Finding], names: Iterable[str]) -> tuple[Finding, ...]:
    """What was noticed while reading, less what other tickets of `names` have to answer for."""
    others = {path(n) for n in names if n != name for path in (ticket_path, lock_path)}
    return tuple(f for f in findings if f.place.path not in others)
