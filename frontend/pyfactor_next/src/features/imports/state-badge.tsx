"use client";

import { LoaderCircle } from "lucide-react";
import { useTranslations } from "use-intl";
import { Badge, type BadgeTone } from "@/ui/badge";
import { isExpired, runningWork } from "./steps";
import type { ImportJob, ImportState } from "./types";

const tones: Record<ImportState, BadgeTone> = {
  draft: "neutral",
  validating: "info",
  validated: "violet",
  applying: "info",
  applied: "success",
  reverting: "info",
  reverted: "neutral",
  failed: "danger",
};

export function StateBadge({ job }: { job: ImportJob }) {
  const t = useTranslations("imports.state");
  const { state } = job;
  if (isExpired(job)) return <Badge>{t("expired")}</Badge>;
  return (
    <Badge tone={tones[state]}>
      {runningWork(state) ? (
        <LoaderCircle aria-hidden className="motion-safe:animate-spin" />
      ) : null}
      {t(state)}
    </Badge>
  );
}
