"""What is held of whoever took a business out (privacy/held.py). The file itself goes after a week."""

from dott.platform.privacy.held import FOREVER, PROOF, holds

holds(
    "portability.businessexport",
    called="Files of the whole business",
    why=PROOF,
    kept=FOREVER,
    file="file_key",
    none="job is_open records size_bytes sha256 finished_at expires_at purged_at",
)
