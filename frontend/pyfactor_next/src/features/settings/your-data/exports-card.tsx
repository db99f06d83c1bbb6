"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Check, PackageOpen } from "lucide-react";
import { useTranslations } from "use-intl";
import { djangoApi, isApiError } from "@/api";
import { watchJob } from "@/features/jobs";
import { ApiErrorState, useErrorToast, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { EmptyState } from "@/ui/empty-state";
import { Skeleton } from "@/ui/skeleton";
import { ExportRow } from "./export-row";
import { businessExportsQuery, isMaking } from "./queries";

const INSIDE = ["records", "files", "history", "schema", "people"] as const;

/** What is in the file, and a way to it; below it the files there are. */
export function ExportsCard() {
  const t = useTranslations("settings.yourData");
  const { slug } = useSession();
  const { data: made } = useQuery(businessExportsQuery(slug));
  const start = useStart();
  return (
    <>
      <Card
        title={t("take.title")}
        description={t("take.description")}
        footer={
          <>
            <p className="me-auto text-xs text-muted">{t("take.note")}</p>
            <Button
              variant="primary"
              busy={start.isPending}
              disabled={made?.some(isMaking) ?? true}
              onClick={() => start.mutate()}
            >
              {t("take.start")}
            </Button>
          </>
        }
      >
        <ul aria-label={t("take.inside")} className="grid gap-2 text-sm sm:grid-cols-2">
          {INSIDE.map((part) => (
            <li key={part} className="flex items-start gap-2">
              <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-success-ink" />
              {t(`inside.${part}`)}
            </li>
          ))}
        </ul>
        <p className="mt-3 text-sm text-muted">{t("take.left")}</p>
      </Card>
      <Files />
    </>
  );
}

function Files() {
  const t = useTranslations("settings.yourData.files");
  const { slug } = useSession();
  const { data: made, error, refetch } = useQuery(businessExportsQuery(slug));
  if (error && !made) return <ApiErrorState error={error} onRetry={() => void refetch()} />;
  if (made?.length === 0) {
    return (
      <EmptyState
        kind="first-use"
        icon={<PackageOpen />}
        title={t("empty")}
        description={t("emptyDescription")}
        className="rounded-lg bg-raised ring-1 ring-line"
      />
    );
  }
  return (
    <section>
      <h3 className="mb-2 text-sm font-semibold">{t("title")}</h3>
      <ul
        aria-label={t("title")}
        aria-busy={made === undefined}
        className="divide-y overflow-hidden rounded-lg bg-raised ring-1 ring-line"
      >
        {made?.map((item) => <ExportRow key={item.id} item={item} />) ?? (
          <li className="flex h-24 items-center gap-3 px-5">
            <Skeleton className="w-52" />
          </li>
        )}
      </ul>
    </section>
  );
}

function useStart() {
  const t = useTranslations("settings.yourData.take");
  const { slug, user } = useSession();
  const queries = useQueryClient();
  const showError = useErrorToast();
  return useMutation({
    mutationFn: () => djangoApi.post("/api/tenants/current/exports/", undefined),
    onSuccess: ({ id }) => watchJob(user.id, slug, { kind: "business", id }),
    onError: (error) => {
      // She closed the dialog that asked who she is.
      if (isApiError(error) && error.code === "reauthentication_required") return;
      showError(error, t("failed"));
    },
    // Also after a refusal: another owner may have begun.
    onSettled: () => queries.invalidateQueries(businessExportsQuery(slug)),
  });
}
