"""What a browser shows: the page of everything that was built."""

from reelpress.site.shelf import known_pages, lay_beside, publish

__all__ = ["known_pages", "lay_beside", "publish"]
