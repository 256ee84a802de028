"""Bringing words in from elsewhere: saved pages, pasted text, exports, other tools' folders.

source ── recognise ──▶ one way in ── bring ──▶ Delivery: arrivals, newcomers, findings
"""
