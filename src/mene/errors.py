"""The errors Mene raises: one tree, each message says what is wrong and what to do next.

MeneError
├── InputError        the article, file, address or folder cannot be read        exit code 2
├── StoreError        the store is locked, foreign or damaged                    exit code 4
├── SearchTimeout     a search took longer than it may                          exit code 1
├── CodebookError     a codebook file or place index is wrong: names it, remedy  exit code 5
└── ReaderModelError  the reader's weights are missing or fail their checksum    exit code 5
"""


class MeneError(Exception):
    """An error that a person can act on; `str(error)` is the one line shown."""

    exit_code = 1


class InputError(MeneError):
    """An article, file, address, folder or option that cannot be read."""

    exit_code = 2


class StoreError(MeneError):
    """A store that is locked by another process, foreign, newer or damaged."""

    exit_code = 4


class CodebookError(MeneError):
    """A codebook file with an unknown column, a missing parent or an impossible date; a place index that is damaged."""

    exit_code = 5


class ReaderModelError(MeneError):
    """Reader weights that are missing or do not match their checksum."""

    exit_code = 5


class SearchTimeout(MeneError):  # noqa: N818 (as the field calls it)
    """A search that took longer than it may."""
