"use client";

import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { isApiError } from "@/api";
import {
  type ImportJob,
  isApplied,
  isPurged,
  runningWork,
  useImport,
  useStartWork,
} from "@/features/imports";
import { useErrorToast, useSession } from "@/features/session";
import { AlertDialog } from "@/ui/alert-dialog";
import { Button } from "@/ui/button";
import { LinkButton } from "@/ui/link-button";
import { type JobItemProps, JobRow } from "./job-row";

/** An import in the tray; nothing until it is loaded, and it goes when there is none any more. */
export function ImportItem(props: JobItemProps) {
  const { id, onDismiss } = props;
  const { data, error } = useImport(id);
  const isGone = isApiError(error) && error.kind === "not_found";
  useEffect(() => {
    if (isGone) onDismiss();
  }, [isGone, onDismiss]);
  return data ? <Loaded {...props} job={data} /> : null;
}

function Loaded({ job, ...props }: JobItemProps & { job: ImportJob }) {
  const t = useTranslations("shell.jobs");
  const { slug, canWrite } = useSession();
  const [isAsking, setAsking] = useState(false);
  const isRunning = runningWork(job.state) !== undefined;
  const { create, update } = job.counts;
  const canRevert = canWrite && !isRunning && isApplied(job) && !isPurged(job);
  return (
    <JobRow
      {...props}
      name={job.file_name}
      state={t(`import.${job.state}`, { create, update })}
      isRunning={isRunning}
      isFailed={job.state === "failed"}
      done={job.progress?.done ?? 0}
      // A step that is one statement cannot say how far it is.
      total={job.progress?.done ? job.progress.total : 0}
    >
      <LinkButton size="sm" href={`/${slug}/imports/${job.id}`} prefetch={false}>
        {t(job.state === "validated" ? "review" : "open")}
      </LinkButton>
      {canRevert ? (
        <Button size="sm" onClick={() => setAsking(true)}>
          {t("revert")}
        </Button>
      ) : null}
      {isAsking ? <Ask job={job} onClose={() => setAsking(false)} /> : null}
    </JobRow>
  );
}

function Ask({ job, onClose }: { job: ImportJob; onClose: () => void }) {
  const t = useTranslations("shell.jobs");
  const showError = useErrorToast();
  const start = useStartWork(job.id);
  return (
    <AlertDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("revertTitle", { name: job.file_name })}
      description={t("revertDescription")}
      confirmLabel={t("revert")}
      danger
      busy={start.isPending}
      onConfirm={() =>
        start.mutate("revert", {
          onError: (error) => showError(error, t("revertFailed")),
          onSettled: onClose,
        })
      }
    />
  );
}
