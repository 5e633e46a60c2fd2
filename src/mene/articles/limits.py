"""The bounds within which stage 1 reads, each with its reason. All sizes are bytes unless they say characters."""

MEGABYTE = 1_000_000

ARTICLE_BYTES = 20 * MEGABYTE
"""One article as a file, page or record. The heaviest of 181 news pages measured has 1.3 MB; 20 leaves room for PDF."""

TEXT_CHARACTERS = 5 * MEGABYTE
"""The text of one article; a long book has about 1 million characters."""

CONTAINER_BYTES = 2_000 * MEGABYTE
"""A web archive, table or JSON lines file, which are read as streams: one WARC of a crawl has about 1 GB."""

MEMBERS = 10_000
"""Articles taken from one folder, archive, feed or table."""

RATIO = 200
"""How many times larger than its packed form a gzip member may grow. News pages pack 4 to 12 times."""

PAGE_CHARACTERS = 2 * MEGABYTE
"""Characters of a page outside its tags and scripts, menus and comments included; of 181 pages none has 0.2 million."""

TAGS = 200_000
"""Tags of one page. The largest of the 181 pages has under 20,000."""

TAG_DEPTH = 250
"""Tags inside one another. libxml2 drops all that lies deeper than 255 without saying so; news pages stay under 60."""

PDF_PAGES = 500

FOLDER_DEPTH = 12

STRUCTURE_LINES = 200
"""Lines outside the article's body that are listed one by one as dropped; the rest is counted."""
