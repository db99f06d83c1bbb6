"use client";

import { CircleCheck, Download, FileX, Undo2 } from "lucide-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { buttonStyle } from "@/ui/button-style";
import { cn } from "@/ui/cn";
import { EmptyState } from "@/ui/empty-state";
import { LinkButton } from "@/ui/link-button";
import { errorFileUrl } from "./queries";
import { RevertDialog } from "./revert-dialog";
import { hasWork, toMend } from "./review";
import { RowBrowser } from "./row-browser";
import { StepHeading } from "./step-heading";
import { isApplied, isExpired, isPurged } from "./steps";
import { TagNote } from "./tag-note";
import type { ImportJob } from "./types";

/** The last station: what was written or taken back, and where to go from here. */
export function ResultStep({ job, onAgain }: { job: ImportJob; onAgain: () => void }) {
  const t = useTranslations("imports.result");
  const format = useFormatter();
  const { slug, canWrite } = useSession();
  const [isAsking, setAsking] = useState(false);
  const { entity } = job;
  const applied = isApplied(job);
  const isKept = !applied && job.error !== null;
  const at = (applied ? job.applied_at : job.reverted_at) ?? job.created_at;
  const when = format.dateTime(new Date(at), { dateStyle: "long", timeStyle: "short" });
  const outcome = isExpired(job) ? "expired" : applied ? "applied" : isKept ? "kept" : "reverted";
  const title =
    outcome === "applied" && !hasWork(job.counts)
      ? t("applied.nothing")
      : t(`${outcome}.heading`, { entity });
  const intro = t(`${outcome}.intro`, { when, entity });
  const hasDetails = !isPurged(job);
  const Icon = applied ? CircleCheck : Undo2;

  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <div className="flex flex-col gap-5 px-4 py-6 md:px-5">
        <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
          <span
            aria-hidden
            className={cn(
              "flex size-11 items-center justify-center rounded-xl",
              applied ? "bg-success-soft text-success-ink" : "bg-sunken text-muted",
            )}
          >
            <Icon className="size-5.5" />
          </span>
          <div className="min-w-0 flex-1 basis-60">
            <StepHeading title={title} intro={intro} />
          </div>
          <div className="flex flex-wrap gap-2">
            {toMend(job.counts) > 0 && canWrite && hasDetails ? (
              <a
                href={errorFileUrl(job.id)}
                download
                className={buttonStyle({ variant: "secondary" })}
              >
                <Download aria-hidden />
                {t("errorFile")}
              </a>
            ) : null}
            {canWrite && applied && hasDetails ? (
              <Button onClick={() => setAsking(true)}>
                <Undo2 aria-hidden />
                {t("revert")}
              </Button>
            ) : null}
            {canWrite && !applied && hasDetails ? (
              <Button onClick={onAgain}>{t("again")}</Button>
            ) : null}
            <LinkButton href={`/${slug}/${job.entity}s`} variant="primary">
              {t("customers", { entity })}
            </LinkButton>
          </div>
        </div>
        {isKept ? (
          <div className="rounded-lg bg-warning-soft px-4 py-3 text-sm text-warning-ink">
            <p className="font-medium">{t("kept.title")}</p>
            <p>{job.error?.detail}</p>
          </div>
        ) : null}
        {isExpired(job) ? null : <Counts job={job} />}
        {applied ? <TagNote job={job} /> : null}
      </div>
      {hasDetails ? (
        <section aria-label={t("rows")} className="flex min-h-96 flex-1 flex-col border-t">
          <RowBrowser job={job} />
        </section>
      ) : (
        <div className="border-t">
          <EmptyState
            kind="first-use"
            icon={<FileX />}
            title={t("purged.title")}
            description={t("purged.description", { entity })}
          />
        </div>
      )}
      {isAsking ? <RevertDialog job={job} onClose={() => setAsking(false)} /> : null}
    </div>
  );
}

function Counts({ job }: { job: ImportJob }) {
  const t = useTranslations("imports.result");
  const format = useFormatter();
  const { create, update, unchanged, error, excluded } = job.counts;
  // With rows kept, the numbers of the import are not those of the way back.
  const [first, second] = isApplied(job)
    ? (["added", "changed"] as const)
    : job.error
      ? (["wereAdded", "wereChanged"] as const)
      : (["removed", "changedBack"] as const);
  const facts = [
    [first, create],
    [second, update],
  ] as const;
  const rest = (
    [
      ["unchanged", unchanged],
      ["error", error],
      ["excluded", excluded],
    ] as const
  ).filter(([, count]) => count > 0);
  return (
    <dl className="flex flex-wrap gap-2">
      {[...facts, ...rest].map(([name, count]) => (
        <div key={name} className="min-w-28 rounded-lg px-4 py-2.5 ring-1 ring-line">
          <dt className="text-xs text-muted">{t(name)}</dt>
          <dd className="tabular text-xl font-semibold">{format.number(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
