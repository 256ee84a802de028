"""One volume after another, each by its binder."""

from __future__ import annotations

from reelpress.findings import Finding
from reelpress.model import Galley, Volume, VolumeSpec


def bind(galley: Galley, spec: VolumeSpec) -> tuple[Volume | None, tuple[Finding, ...]]:
    """The volume that `spec` asks for; None where a finding of severity error says why not.

    Findings: E001; P001, P002.
    """
    if spec.format == "epub":
        from reelpress.bindery.epub import bind_epub

        return bind_epub(galley, spec)
    from reelpress.bindery.pdf import bind_pdf

    return bind_pdf(galley, spec)


def file_name(galley: Galley, spec: VolumeSpec) -> str:
    """last-call.epub for the volume `epub`, last-call-print.pdf for any other."""
    name = galley.edition.name
    stem = name if spec.name == spec.format else f"{name}-{spec.name}"
    return f"{stem}.{spec.format}"


def title(galley: Galley) -> str:
    """The title for a volume's metadata: a draft says that it is one."""
    return f"DRAFT: {galley.edition.title}" if galley.edition.draft else galley.edition.title
