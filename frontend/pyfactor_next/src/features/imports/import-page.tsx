"use client";

import dynamic from "next/dynamic";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { isApiError } from "@/api";
import { ApiErrorState, useSession } from "@/features/session";
import { Skeleton } from "@/ui/skeleton";
import { EntityProvider } from "./entity";
import { StateBadge } from "./state-badge";
import {
  canVisit,
  choosableSteps,
  failedWork,
  isPurged,
  runningWork,
  stepOf,
  steps,
  type Work,
} from "./steps";
import type { ImportJob } from "./types";
import { useImport } from "./use-imports";
import { useProgressText } from "./use-progress-text";
import { WizardFrame } from "./wizard-frame";
import { FailedPanel, RunningPanel } from "./work-panel";

// Each station is loaded when an import is at it; most visits see one or two.
const loading = () => <StepSkeleton />;
const FileStep = dynamic(() => import("./file-step").then((m) => m.FileStep), { loading });
const ColumnsStep = dynamic(() => import("./columns-step").then((m) => m.ColumnsStep), { loading });
const ReviewStep = dynamic(() => import("./review-step").then((m) => m.ReviewStep), { loading });
const ResultStep = dynamic(() => import("./result-step").then((m) => m.ResultStep), { loading });

/** An import at the station that its state on the server puts it at: a reload comes back to it. */
export function ImportPage({ id }: { id: string }) {
  const t = useTranslations("imports");
  const { slug, canWrite } = useSession();
  const query = useImport(id);
  const [wanted, setWanted] = useQueryState(
    "step",
    parseAsStringLiteral(choosableSteps).withOptions({ history: "push" }),
  );
  const announcement = useAnnouncement(query.data);

  if (isApiError(query.error) && query.error.kind === "not_found") {
    return (
      <WizardFrame title={t("title")} step={null}>
        <ApiErrorState error={query.error} />
      </WizardFrame>
    );
  }
  if (!query.data) {
    return (
      <WizardFrame title={t("title")} step="file">
        {query.isError ? (
          <ApiErrorState
            error={query.error}
            onRetry={() => void query.refetch()}
            isRetrying={query.isRefetching}
          />
        ) : (
          <StepSkeleton />
        )}
      </WizardFrame>
    );
  }

  const job = query.data;
  const step = stepOf(job, wanted);
  const address = `/${slug}/imports/${id}`;
  const links = Object.fromEntries(
    steps
      .filter((each) => canWrite && canVisit(job, each))
      .map((each) => [each, `${address}?step=${each}`]),
  );
  return (
    <WizardFrame title={job.file_name} meta={<StateBadge job={job} />} step={step} links={links}>
      <p role="status" className="sr-only">
        {announcement}
      </p>
      <EntityProvider value={job.entity}>
        <Station job={job} step={step} onStep={(next) => void setWanted(next)} />
      </EntityProvider>
    </WizardFrame>
  );
}

interface StationProps {
  job: ImportJob;
  step: ReturnType<typeof stepOf>;
  onStep: (step: (typeof choosableSteps)[number]) => void;
}

function Station({ job, step, onStep }: StationProps) {
  const work = runningWork(job.state);
  if (work) return <RunningPanel key={work} job={job} work={work} />;
  const failed = isPurged(job) ? undefined : failedWork(job);
  if (failed && (step === "review" || step === "result")) {
    return <FailedPanel key={failed} job={job} work={failed} onAdjust={() => onStep("columns")} />;
  }
  if (step === "file") return <FileStep job={job} onContinue={() => onStep("columns")} />;
  if (step === "columns") {
    return (
      <ColumnsStep job={job} onBack={() => onStep("file")} onReview={() => onStep("review")} />
    );
  }
  return step === "review" ? (
    <ReviewStep job={job} onBack={() => onStep("columns")} />
  ) : (
    <ResultStep job={job} onAgain={() => onStep("columns")} />
  );
}

/** What a screen reader says while a job runs and when it ends; nothing on coming to the page. */
function useAnnouncement(job: ImportJob | undefined): string {
  const t = useTranslations("imports.work");
  const progress = useProgressText();
  const work = job ? runningWork(job.state) : undefined;
  const [seen, setSeen] = useState<Work>();
  if (work && work !== seen) setSeen(work);
  if (!job) return "";
  if (work) return progress(job).announcement;
  if (!seen) return "";
  const { entity } = job;
  return job.state === "failed"
    ? t(`failed.${seen}`, { entity })
    : t(`finished.${seen}`, { entity });
}

function StepSkeleton() {
  return (
    <div aria-busy className="mx-auto flex w-full max-w-5xl flex-col gap-4 px-4 py-6 md:px-6">
      <Skeleton className="h-6 w-56" />
      <Skeleton className="w-80 max-w-full" />
      <Skeleton className="mt-2 h-28 w-full rounded-lg" />
      <Skeleton className="h-56 w-full rounded-lg" />
    </div>
  );
}
