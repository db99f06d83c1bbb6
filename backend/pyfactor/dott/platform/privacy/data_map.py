"""What privacy holds of anybody: certificates, which name nobody but the member who erased."""

from dott.platform.privacy.held import FOREVER, PROOF, holds

holds(
    "privacy.erasure",
    called="Certificates of erasure",
    why=PROOF,
    kept=FOREVER,
    goes=("taken",),
    staff="actor",
    none="change_set subject_digest counts left",
)
holds(
    "privacy.retentionrules",
    called="How long the business keeps things",
    why=PROOF,
    kept=FOREVER,
    goes=("taken",),
    none="only_one trash_days import_days notification_days history_days inactive_days",
)
