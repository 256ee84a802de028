"""The cascade, for many short documents with one style sheet.

WeasyPrint 70 computes every element's style anew in every document, which is a fifth of the time
that a review takes. Which declarations apply depends on the selectors that match, and a style on
these declarations and the parent's style: both are found again here, in the next paragraph and in
the next document. No page changes by it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from math import inf
from typing import Any

_VIEWPORT = re.compile(r"\d\s*p?v(?:w|h|i|b|min|max)\b", re.I)
_MOST = 4000
"""As many styles as a sheet keeps before it begins anew: some elements have one of their own."""


class Cascade(dict[str, Any]):
    """Property -> (value, weight): what selectors alone say of an element."""


class Styles:
    """What the documents of one style sheet share."""

    def __init__(self, sheet: str) -> None:
        # What depends on the size of a document's first page is that document's alone.
        self.shared = not _VIEWPORT.search(sheet)
        self.computed: dict[Any, Any] = {}
        self.cascades: dict[Any, tuple[tuple[str | None, Cascade], ...]] = {}


def style_class(css: Any) -> Any:
    """WeasyPrint's StyleFor (css/__init__.py), with what its `Styles` know already."""
    return type("Shared", (_Sharing, css.StyleFor), {"css": css})


class _Sharing:
    css: Any
    get_computed_styles: Callable[[], dict[Any, Any]]

    def __init__(
        self, styles: Styles, html: Any, sheets: Sequence[Any], fonts: Any, targets: Any
    ) -> None:
        self.styles = styles
        self._cascaded_styles: dict[Any, Any] = {}
        self._computed_styles: dict[Any, Any] = {}
        self.initial_page_sizes = {"box": None, "area": None}
        self._sheets, self.font_config = sheets, fonts
        own = self._own(html)
        told = {"root": html.etree_element, "base_url": html.base_url}
        for wrapper in html.wrapper_element.iter_subtree():
            element = wrapper.etree_element
            for pseudo, style in self._selected(wrapper):
                mine = own.pop(element, None) if pseudo is None else None
                self._cascaded_styles[element, pseudo] = _over(mine, style) if mine else style
            if element in own:
                self._cascaded_styles[element, None] = own.pop(element)
            parent = wrapper.parent.etree_element if wrapper.parent else None
            self.set_computed_styles(element, parent, target_collector=targets, **told)
        for element, pseudo in self._cascaded_styles:
            if pseudo:
                self.set_computed_styles(
                    element, element, pseudo_type=pseudo, target_collector=targets, **told
                )
        self._cascaded_styles.clear()

    def _own(self, html: Any) -> dict[Any, dict[str, Any]]:
        """What elements say themselves, in style, lang and id."""
        found: dict[Any, dict[str, Any]] = {}
        for specificity, element, declarations, base_url in self.css.find_style_attributes(
            html.etree_element, False, html.base_url
        ):
            style = found.setdefault(element, {})
            for name, value, importance in self.css.preprocess_declarations(base_url, declarations):
                precedence = self.css.declaration_precedence("author", importance)
                _put(style, name, value, (precedence, inf, specificity))
        return found

    def _selected(self, wrapper: Any) -> tuple[tuple[str | None, Cascade], ...]:
        """What selectors say of an element, and of what a style sheet adds to it."""
        matched = [
            (sheet, origin, own, selector)
            for sheet, origin, own in self._sheets
            for selector in sheet.matcher.match(wrapper)
        ]
        key = tuple((id(s[3]), s[0], s[2]) for _, _, _, s in matched)
        known = self.styles.cascades.get(key)
        if known is None:
            made: dict[str | None, Cascade] = {}
            for sheet, origin, own, selector in matched:
                specificity, _, pseudo, (declarations, layer) = selector
                order = inf if layer is None else sheet.layers.index(layer)
                style = made.setdefault(pseudo, Cascade())
                for name, value, importance in declarations:
                    precedence = self.css.declaration_precedence(origin, importance)
                    _put(style, name, value, (precedence, order, own or specificity))
            known = self.styles.cascades[key] = tuple(made.items())
        return known

    def set_computed_styles(
        self,
        element: Any,
        parent: Any,
        root: Any = None,
        pseudo_type: Any = None,
        base_url: Any = None,
        target_collector: Any = None,
    ) -> None:
        """As StyleFor has it; pages' own styles, which layout changes, are not shared."""
        if not self.styles.shared or isinstance(element, tuple) or isinstance(parent, tuple):
            super().set_computed_styles(  # type: ignore[misc]
                element, parent, root, pseudo_type, base_url, target_collector
            )
            return
        computed = self.get_computed_styles()
        above = computed[parent, None] if parent is not None else None
        above = getattr(above, "original", above)
        cascaded = self._cascaded_styles.get((element, pseudo_type), {})
        # An element's id is no part of its style: it is put on a copy, and its children are
        # styled as the original's.
        anchor = cascaded.get("anchor")
        if anchor:
            cascaded = {name: value for name, value in cascaded.items() if name != "anchor"}
        key = (id(above), pseudo_type, _identity(cascaded))
        style = self.styles.computed.get(key)
        if style is None:
            if len(self.styles.computed) > _MOST:
                self.styles.computed.clear()
            style = self.css.ComputedStyle(
                above,
                cascaded,
                pseudo_type,
                _root(self.css, above, self.font_config),
                base_url,
                self.font_config,
                self.initial_page_sizes,
            )
            self.styles.computed[key] = style
        if anchor:
            original, style = style, style.copy()
            style.original = original
            style["anchor"] = anchor[0]
            if target_collector:
                target_collector.collect_anchor(anchor[0])
        computed[element, pseudo_type] = style


def _put(style: dict[str, Any], name: str, value: Any, weight: Any) -> None:
    """A declaration, where none of more weight is there."""
    old = style.get(name)
    if old is None or old[1] <= weight:
        style[name] = value, weight


def _over(mine: dict[str, Any], selected: Cascade) -> dict[str, Any]:
    """What an element says itself, and what selectors say of it."""
    both = dict(mine)
    for name, (value, weight) in selected.items():
        _put(both, name, value, weight)
    return both


def _identity(cascaded: dict[str, Any]) -> Any:
    """What tells one cascade from another: values are the style sheet's own, and stay."""
    if isinstance(cascaded, Cascade):
        return id(cascaded)
    return tuple(
        # An attribute's value is made anew for each element that has it.
        (name, value if name == "lang" or isinstance(value, str) else id(value), weight)
        for name, (value, weight) in cascaded.items()
    )


def _root(css: Any, above: Any, fonts: Any) -> Any:
    if above is None:
        return css.InitialStyle(fonts)
    return above if above.is_root_element else above.root_style
