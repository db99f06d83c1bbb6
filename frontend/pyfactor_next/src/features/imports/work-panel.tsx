"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { useErrorToast, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Progress } from "@/ui/progress";
import { useStartWork } from "./mutations";
import { StepHeading } from "./step-heading";
import type { Work } from "./steps";
import type { ImportJob } from "./types";
import { useProgressText } from "./use-progress-text";

/** A background job at work. Nothing here has to stay open for it. */
export function RunningPanel({ job, work }: { job: ImportJob; work: Work }) {
  const t = useTranslations("imports.work");
  const { phase, rows, bar } = useProgressText()(job);
  return (
    <div className="flex flex-1 flex-col items-center justify-center px-4 py-10">
      <div className="flex w-full max-w-md flex-col gap-5">
        <StepHeading title={t(work, { entity: job.entity })} />
        <Progress label={phase} {...bar} valueText={rows} />
        <p className="text-sm text-muted">{t("mayLeave")}</p>
      </div>
    </div>
  );
}

interface FailedPanelProps {
  job: ImportJob;
  work: Work;
  onAdjust: () => void;
}

/** A job that could not be finished: why, that nothing was half done, and how to go on. */
export function FailedPanel({ job, work, onAdjust }: FailedPanelProps) {
  const t = useTranslations("imports.work");
  const errors = useTranslations("imports.errors");
  const showError = useErrorToast();
  const { canWrite } = useSession();
  const start = useStartWork(job.id);
  const isRevert = work === "revert";
  return (
    <div className="flex flex-1 flex-col items-center justify-center px-4 py-10">
      <div className="flex w-full max-w-md flex-col gap-4">
        <span
          aria-hidden
          className="flex size-11 items-center justify-center rounded-xl bg-danger-soft text-danger-ink"
        >
          <TriangleAlert className="size-5" />
        </span>
        <StepHeading title={t(`failed.${work}`, { entity: job.entity })} />
        <p className="text-sm">{job.error?.detail || t("failedUnknown")}</p>
        <p className="text-sm text-muted">
          {isRevert ? t("nothingReverted") : t("nothingWritten")}
        </p>
        {canWrite ? (
          <div className="flex flex-wrap gap-2">
            <Button
              variant="primary"
              busy={start.isPending}
              onClick={() =>
                start.mutate(isRevert ? "revert" : "validate", {
                  onError: (error) => showError(error, errors("start")),
                })
              }
            >
              {isRevert ? t("againRevert") : t("again")}
            </Button>
            {isRevert ? null : <Button onClick={onAdjust}>{t("adjust")}</Button>}
          </div>
        ) : null}
      </div>
    </div>
  );
}
