"""The page, live: the same views as `mene report`, a read API, and reading in what is dropped on it.

The server shows the last `Edition`, all that was drawn from the store at one moment, and draws the next one in the
background when something came in. See docs/decisions/0015-the-live-page.md.
"""
