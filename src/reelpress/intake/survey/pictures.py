"""The pictures of a stranger's texts: which are there, which lie elsewhere, which are lost."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

from reelpress.intake.survey.found import Pictures
from reelpress.intake.survey.looks import Look
from reelpress.intake.survey.walk import Tree


def pictures(tree: Tree, looks: Iterable[Look], static: tuple[str, ...]) -> Pictures:
    """Where the pictures of the texts are; `static` are the folders that / may mean."""
    seen = _Seen(tree, static)
    for each in looks:
        for address in each.images:
            seen.take(address, each.path)
    return seen.told()


class _Seen:
    """Addresses, counted one by one."""

    def __init__(self, tree: Tree, static: tuple[str, ...]) -> None:
        self.tree, self.static = tree, (*static, "")
        self.local = 0
        self.missing: dict[str, str] = {}
        self.hosts: Counter[str] = Counter()
        self.roots: Counter[str] = Counter()
        self.here: dict[str, Counter[str]] = defaultdict(Counter)
        """Of remote addresses: what one begins with -> folder -> how many files are in it."""
        self.names = {path.rpartition("/")[2] for path in tree.files}

    def take(self, address: str, path: str) -> None:
        """Count one address that a text has."""
        try:
            parts = urlsplit(address)
        except ValueError:
            self.missing.setdefault(address, path)
            return
        name = unquote(parts.path)
        if parts.scheme in ("http", "https") or address.startswith("//"):
            host = parts.netloc.lower()
            self.hosts[host] += 1
            if (folder := self._folder_of(name)) is not None:
                self.here[f"{parts.scheme or 'https'}://{parts.netloc}/"][folder] += 1
        elif parts.scheme == "data":
            self.local += 1
        elif name.startswith("/"):
            if (folder := self._folder_of(name)) is None:
                self.missing.setdefault(address, path)
            else:
                self.roots[folder] += 1
                self.local += 1
        elif self._beside(name, path):
            self.local += 1
        else:
            self.missing.setdefault(address, path)

    def _folder_of(self, name: str) -> str | None:
        inner = normpath(name.lstrip("/"))
        folders = (f"{folder}/{inner}" if folder else inner for folder in self.static)
        for folder, path in zip(self.static, folders, strict=True):
            if path in self.tree.files:
                return folder
        return None

    def _beside(self, name: str, path: str) -> bool:
        there = normpath(f"{dirname(path)}/{name}").lstrip("/")
        embedded = "/" not in name and name in self.names
        return there in self.tree.files or normpath(name) in self.tree.files or embedded

    def told(self) -> Pictures:
        """What was counted."""
        folders = {}
        if self.roots:
            folders["/"] = self.roots.most_common(1)[0][0] or "."
        for begin, counted in self.here.items():
            folder, count = counted.most_common(1)[0]
            if count * 2 >= self.hosts[urlsplit(begin).netloc.lower()]:
                folders[begin] = folder or "."
        hosts = dict(sorted(self.hosts.items(), key=lambda item: (-item[1], item[0])))
        return Pictures(self.local, self.missing, folders, hosts)
