"""The ways a file can be refused as a whole."""

from __future__ import annotations

from .limits import MAX_FILE_BYTES


class ImportFileError(Exception):
    """A file that cannot be imported at all; nothing has been written.

    code: stable word for clients. detail: a sentence for the person who chose the file.
    status: the HTTP status the API answers with.
    """

    def __init__(self, code: str, detail: str, *, status: int = 400) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.status = status


def too_large() -> ImportFileError:
    """The refusal of a file that has too many bytes."""
    sentence = f"At most {MAX_FILE_BYTES // 1048576} MB can be imported at once."
    return ImportFileError("file_too_large", sentence, status=413)


class CellError(Exception):
    """One cell that cannot become a value; its row is not imported until it is mended."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
