"""The bounds within which a user's gazetteer files are read, each with its reason."""

MEGABYTE = 1_000_000

FILE_BYTES = 500 * MEGABYTE
"""One file, unpacked. GeoNames's largest country file (US) has about 300 MB; all countries together 1,700."""

RATIO = 100
"""How many times larger than its packed form a file may grow. GeoNames's files pack 3 to 5 times."""

LINE_BYTES = MEGABYTE
"""One line. The longest of GeoNames, the other names of a capital, has about 15,000 bytes."""

ROWS = 5_000_000
"""Rows of one file. GeoNames's largest country file has 2.3 million."""

PLACES = 500_000
"""Places of all files together; building their index then takes about a gigabyte of memory."""

NAME_CHARACTERS = 200
"""One name or id. The longest place name in use, of a Welsh village, has 58."""

ALIASES = 200
"""Other names of one place; of more only the first are kept, in the order of the file."""
