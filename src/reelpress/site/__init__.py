"""What a browser shows: the page of everything that was built, and the report of an import."""

from reelpress.site.receipt import receipt_page
from reelpress.site.shelf import known_pages, lay_beside, publish

__all__ = ["known_pages", "lay_beside", "publish", "receipt_page"]
