"use client";

import { useTranslations } from "use-intl";
import { Progress } from "@/ui/progress";
import { isApplied, isExpired, runningWork } from "./steps";
import type { ImportJob } from "./types";
import { useProgressText } from "./use-progress-text";

/** One line of the list: how far an import has come and what it did. */
export function Outcome({ job }: { job: ImportJob }) {
  const t = useTranslations("imports.list.outcome");
  const progress = useProgressText();
  const { create, update, error } = job.counts;
  if (runningWork(job.state)) {
    const { phase, rows, bar } = progress(job);
    return <Progress label={phase} {...bar} valueText={rows} className="max-w-72 [&_*]:text-xs" />;
  }
  if (isExpired(job)) return t("expired");
  if (job.state === "failed") {
    return <span className="text-danger-ink">{job.error?.detail}</span>;
  }
  if (job.state === "reverted") {
    return job.error ? t("kept") : t("reverted", { create, update });
  }
  if (isApplied(job)) return t("applied", { create, update });
  if (job.state === "draft") return t("draft");
  return (
    <>
      {t("validated", { create, update })}
      {error > 0 ? (
        <span className="text-warning-ink"> · {t("errors", { count: error })}</span>
      ) : null}
    </>
  );
}
