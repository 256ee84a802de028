"""`python -m reelpress` is `reelpress`."""

from reelpress.cli import main

main()
