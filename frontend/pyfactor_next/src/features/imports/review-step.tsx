"use client";

import { useTranslations } from "use-intl";
import { useErrorToast, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { useStartWork } from "./mutations";
import { hasWork, remarks } from "./review";
import { RowBrowser } from "./row-browser";
import { StepHeading } from "./step-heading";
import type { ImportJob } from "./types";
import { useRowAddress } from "./use-row-address";
import { StepBar } from "./wizard-frame";

/** The fourth station: what every row will do, before anything is written. */
export function ReviewStep({ job, onBack }: { job: ImportJob; onBack: () => void }) {
  const t = useTranslations("imports.review");
  const common = useTranslations("common");
  const errors = useTranslations("imports.errors");
  const { canWrite } = useSession();
  const showError = useErrorToast();
  const start = useStartWork(job.id);
  const [, setAddress] = useRowAddress();
  const { create, update } = job.counts;
  const isWorth = hasWork(job.counts);
  const apply = (): void => {
    start.mutate("apply", {
      // The result begins with what was written.
      onSuccess: () => void setAddress(null),
      onError: (error) => showError(error, errors("start")),
    });
  };

  return (
    <>
      <div className="px-4 pt-4 pb-2 md:px-5">
        <StepHeading title={t("heading")} intro={t("intro", { rows: job.row_count ?? 0 })} />
      </div>
      <RowBrowser job={job} />
      {canWrite ? (
        <StepBar
          aside={
            <>
              {remarks(job.counts).map(({ name, count }) => (
                <span key={name}>{t(`sentence.${name}`, { count })} </span>
              ))}
              {isWorth ? t("sentence.undo") : null}
            </>
          }
        >
          <Button onClick={onBack}>{common("back")}</Button>
          <Button variant="primary" busy={start.isPending} disabled={!isWorth} onClick={apply}>
            {isWorth ? t("apply", { create, update, entity: job.entity }) : t("nothing")}
          </Button>
        </StepBar>
      ) : null}
    </>
  );
}
