"""The bounds within which the server answers and reads, each with its reason. Sizes are bytes, times seconds."""

from mene.articles.limits import ARTICLE_BYTES, MEGABYTE

FILE_BYTES = ARTICLE_BYTES
"""One file that is dropped on the page."""

FILES = 20
"""Files of one request."""

BODY_BYTES = 100 * MEGABYTE
"""All files of one request together."""

TEXT_BYTES = 5 * MEGABYTE
"""A text that is pasted: a long book has about one megabyte."""

WAITING = 200
"""What may wait to be read; at about a second each that is three minutes."""

JOBS = 200
"""Jobs that are remembered, the last ones."""

LINES = 500
"""Lines told of one job; a feed or an archive may hold thousands of articles."""

SILENT = 120.0
"""How long the reading process may work on one article without a word before it is ended: the slowest takes seconds."""

STORE_PATIENCE = 60.0
"""How long the reading process waits for a store that somebody else writes to."""

ADDRESS = 4000
"""Characters of an address with all that it asks."""

HEADERS = 16_384
"""The request line and all headers, as they are read."""

HEADER_WAIT = 10.0
"""How long a client may take to send its request line and headers."""

BODY_WAIT = 30.0
"""How long a client may pause while it sends a body."""

CONNECTIONS = 256

STREAMS = 32
"""Pages that follow progress at once; each holds a connection."""

STREAM_SECONDS = 3600.0
"""After which a page asks again for its progress."""

KEPT_ANSWERS = 64 * MEGABYTE
"""Answers kept so that they need not be made again."""

RATE_NEAR = (400.0, 800.0)
"""Requests a second, and how many at once, from this machine: its other programs read from the API."""

RATE_FAR = (20.0, 100.0)
"""The same for every other address: a page with its parts takes four."""

CLIENTS = 10_000
"""Addresses whose rates are remembered."""
