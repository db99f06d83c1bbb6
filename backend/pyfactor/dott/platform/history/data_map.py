"""What history holds of anybody (privacy/held.py): whatever the records held, before and after."""

from dott.platform.privacy.held import HISTORY, PROOF, TAKEN, holds

holds(
    "history.changeset",
    called="Who changed something, and why",
    why=PROOF,
    kept=HISTORY,
    goes=(TAKEN,),
    text="reason details",
    staff="actor",
    none="kind event request_id undoes salt digest redacted_at",
)
holds(
    "history.change",
    called="What was changed in each record",
    why=PROOF,
    kept=HISTORY,
    goes=(TAKEN,),
    text="before after",
    about="entity record_id operation",
    none="change_set salt digest redacted_at",
)
holds(
    "history.chainlink",
    called="The seals that show whether the log was tampered with",
    why=PROOF,
    kept=HISTORY,
    none="position change_set digest sealed_at",
)
