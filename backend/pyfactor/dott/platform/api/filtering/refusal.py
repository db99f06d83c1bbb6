"""A filter that cannot be understood, and where in it."""

from dott.platform.api.errors import ProblemError
from dott.platform.api.problems import InputError, pointer

Place = tuple[str | int, ...]


class Refused(Exception):
    """place: path into the filter's JSON, () for the whole. code: stable. detail: a sentence for people."""

    def __init__(self, place: Place, code: str, detail: str) -> None:
        super().__init__(detail)
        self.place, self.code, self.detail = place, code, detail

    def in_parameter(self, name: str) -> ProblemError:
        """The 400 for a filter in the query: the parameter, and the pointer into its value."""
        where = pointer(*self.place)
        error: InputError = {
            "parameter": name,
            "pointer": where,
            "code": self.code,
            "detail": self.detail,
        }
        return ProblemError(400, self.code, f"{name}{where}: {self.detail}", [error])

    def in_body(self, *path: str | int) -> ProblemError:
        """The 400 for a filter that lies in the request body at a path."""
        where = pointer(*path, *self.place)
        error: InputError = {"pointer": where, "code": self.code, "detail": self.detail}
        return ProblemError(400, self.code, f"{where}: {self.detail}", [error])
