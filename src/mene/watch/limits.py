"""The bounds within which a watch works, each with its reason. Sizes are bytes, times seconds."""

from mene.articles.limits import MEGABYTE

MINUTE = 60.0
HOUR = 60 * MINUTE
DAY = 24 * HOUR

FEED_BYTES = 3 * MEGABYTE
"""A feed tells what is new; one above this is an archive, and would keep its reader busy for minutes."""

FEED_ENTRIES = 500
"""Entries of one feed that are looked at, the first ones."""

LIST_BYTES = 5 * MEGABYTE
"""An OPML or plain list of feeds and folders: 2,000 outlines have about half a megabyte."""

LIST_DEPTH = 50
"""Outlines of an OPML list inside one another. Readers file feeds in folders, and those in folders, rarely deeper."""

SOURCES = 2_000
"""What one watch watches. At a second for each host, a round of so many takes half an hour."""

FILES = 100_000
"""Files of one watched folder that are remembered."""

ROBOTS_BYTES = MEGABYTE
"""A robots.txt; RFC 9309 asks that at least 500 kibibytes be read."""

ROBOTS_RULES = 5_000
"""Rules of one robots.txt; one with more is taken to allow nothing."""

PATTERN_CHARACTERS = 2_000
"""A path pattern of robots.txt, and the address held against it."""

PAUSE = 1.0
"""Between two requests to one host, where its robots.txt asks for no longer one."""

BRIEF = MINUTE
"""A host's pause of up to so long is waited for even where the round has taken longer than it should."""

PAGES = 20
"""Article pages fetched from one host in one round; the rest follows in the next."""

REDIRECTS = 5

ROBOTS_AGE = DAY
"""How long a robots.txt holds before it is fetched again (RFC 9309, section 2.4: no longer than a day)."""

LONGEST_WAIT = 7 * DAY
"""The longest that a Retry-After is followed: beyond it a typing error is likelier."""

LONGEST_FRESH = DAY
"""The longest that a max-age or ttl is followed: beyond it they are a server's habit with files, no word on news."""

BACK_OFF_START = 15 * MINUTE
BACK_OFF_CAP = DAY
"""What fails is tried again after a quarter of an hour, then twice as long each time, and at least once a day."""

TRIES = 5
"""How often the page behind an entry is asked for before it is given up: with the waits above, over four hours."""

QUIET = MINUTE
"""A file that has not changed for so long is whole; one that has is left until it stays the same for a round."""

FORGET = 90 * DAY
"""What a feed no longer lists is forgotten so long after it last did, and so is a source no longer watched."""

SEEN = 5_000
"""Keys remembered of one feed, the last listed: an entry has one or two, so five times what is looked at."""

MEMORY_BYTES = 200 * MEGABYTE
