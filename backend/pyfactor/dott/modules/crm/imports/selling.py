"""Which stage a row of deals means: a business has few, so they are known before the first row is read."""

from __future__ import annotations

import re
from typing import Any

from django.utils import timezone

from dott.modules.crm.models import LostReason, Stage
from dott.modules.crm.models.pipelines import StageCategory
from dott.platform.tenancy.search import search_key

from .headers import words
from .parsed import Issue, LinkCell, Parsed

# What other programs call it when a deal is closed, as header words.
OUTCOMES = {
    "won": "won", "closed won": "won", "closedwon": "won", "gewonnen": "won", "ganado": "won", "gagne": "won",
    "lost": "lost", "closed lost": "lost", "closedlost": "lost", "verloren": "lost", "perdido": "lost",
    "perdu": "lost", "open": "open", "offen": "open", "abierto": "open", "ouvert": "open",
}  # fmt: skip
# HubSpot writes "Closed won (Sales)".
_WITH_PIPELINE = re.compile(r"(?P<stage>.+?)\s*\((?P<pipeline>[^()]+)\)")
_OTHER = "other"


class Selling:
    """The business's pipelines, stages and lost reasons in use, read once. currency: of amounts without."""

    def __init__(self, currency: str) -> None:
        self._currency = currency
        self._stages: dict[str, list[Stage]] = {}
        self._default = ""
        stages = Stage.objects.select_related("pipeline").filter(
            is_archived=False, pipeline__is_archived=False
        )
        for stage in stages.order_by("pipeline__position", "pipeline_id", "position", "id"):
            pipeline = search_key(stage.pipeline.name)
            self._stages.setdefault(pipeline, []).append(stage)
            if stage.pipeline.is_default:
                self._default = pipeline
        reasons = LostReason.objects.filter(is_active=True).order_by("position", "id")
        self._reasons = {search_key(reason.name): str(reason.pk) for reason in reasons}

    def finish(self, row: Parsed) -> None:
        """Find the row's pipeline, stage and lost reason; what is not found is an error of its cell."""
        pipeline = self._pipeline(row)
        stage = self._stage(row, pipeline) if pipeline is not None else None
        fallback: dict[str, Any] = {}
        if row.values.get("amount") and "currency" not in row.values and self._currency:
            fallback["currency"] = self._currency
        self._take_reason(row)
        if stage is not None:
            row.values.update(self._place(stage))
            self._settle(row, stage.category, fallback)
        elif pipeline is not None and not row.errors:
            first = next((one for one in self._stages[pipeline] if one.category == StageCategory.OPEN), None)
            fallback |= self._place(first) if first else {}
        if fallback:
            row.values["else"] = fallback

    def _pipeline(self, row: Parsed) -> str | None:
        """Its key; of the row without one the default's. None: there is no such."""
        cell = row.links.pop("pipeline", None)
        found = _WITH_PIPELINE.fullmatch(row.links["stage"].text) if "stage" in row.links else None
        if cell is None:
            named = search_key(found["pipeline"]) if found else ""
            return named if named in self._stages else self._default or None
        key = search_key(cell.text)
        if key in self._stages:
            return key
        row.refuse(cell, "unknown_pipeline", f"There is no pipeline called {cell.text!r}.")
        row.links.pop("stage", None)
        row.links.pop("outcome", None)
        return None

    def _stage(self, row: Parsed, pipeline: str) -> Stage | None:
        cell, outcome = row.links.pop("stage", None), row.links.pop("outcome", None)
        said = OUTCOMES.get(words(outcome.text)) if outcome else None
        if outcome and said is None:
            row.refuse(outcome, "unknown_stage", f"{outcome.text!r} is neither open, won nor lost.")
            return None
        if said in (StageCategory.WON, StageCategory.LOST):
            return self._closing(row, outcome, pipeline, str(said))
        return self._named(row, cell, pipeline) if cell else None

    def _named(self, row: Parsed, cell: LinkCell, pipeline: str) -> Stage | None:
        found = _WITH_PIPELINE.fullmatch(cell.text)
        names = [cell.text, found["stage"]] if found else [cell.text]
        for name in names:
            for stage in self._stages[pipeline]:
                if search_key(stage.name) == search_key(name):
                    return stage
        for name in names:
            if (said := OUTCOMES.get(words(name))) in (StageCategory.WON, StageCategory.LOST):
                return self._closing(row, cell, pipeline, str(said))
        known = self._stages[pipeline][0].pipeline.name
        row.refuse(cell, "unknown_stage", f"There is no stage called {cell.text!r} in {known}.")
        return None

    def _closing(self, row: Parsed, cell: LinkCell | None, pipeline: str, category: str) -> Stage | None:
        stage = next((one for one in self._stages[pipeline] if one.category == category), None)
        if stage is None and cell is not None:
            row.refuse(cell, "unknown_stage", f"The pipeline has no stage for deals that are {category}.")
        return stage

    def _take_reason(self, row: Parsed) -> None:
        """A reason that the business does not know is kept in the note, under "Other" where there is such."""
        cell = row.links.pop("lost_reason", None)
        if cell is None:
            return
        if known := self._reasons.get(search_key(cell.text)):
            row.values["lost_reason"] = known
        elif other := self._reasons.get(_OTHER):
            row.values["lost_reason"] = other
            note = row.values.get("lost_note")
            row.values["lost_note"] = f"{cell.text}: {note}"[:2_000] if note else cell.text[:2_000]
            detail = f"{cell.text!r} is none of the lost reasons; it is kept in the note."
            row.warnings.append(Issue(cell.column, cell.field, "unknown_lost_reason", detail))
        else:
            row.refuse(cell, "unknown_lost_reason", f"There is no lost reason called {cell.text!r}.")

    def _settle(self, row: Parsed, category: str, fallback: dict[str, Any]) -> None:
        """Leave out what a deal of this category does not have, and say what it must have."""
        if category != StageCategory.LOST:
            row.values.pop("lost_reason", None)
            row.values.pop("lost_note", None)
        elif other := self._reasons.get(_OTHER):
            fallback["lost_reason"] = other
        if category == StageCategory.OPEN:
            row.values.pop("closed_at", None)
        else:
            row.values.pop("probability", None)
            fallback["closed_at"] = timezone.now().isoformat()

    def _place(self, stage: Stage) -> dict[str, Any]:
        return {
            "stage": str(stage.pk), "pipeline": str(stage.pipeline_id), "category": str(stage.category),
        }  # fmt: skip
