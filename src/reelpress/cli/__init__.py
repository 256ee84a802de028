"""The command line: parse, call, show. The only place that prints and exits."""

from reelpress.cli.main import main

__all__ = ["main"]
