"""What the launcher says when it cannot go on."""


class LauncherError(Exception):
    """A precondition failed. Shown to the person as text, never as a traceback.

    mend: what to do about it, one line or more; empty when the message says it all.
    """

    def __init__(self, message: str, mend: str = "") -> None:
        super().__init__(message)
        self.mend = mend
