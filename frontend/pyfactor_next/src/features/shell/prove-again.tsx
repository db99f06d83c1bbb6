"use client";

import { queryOptions, useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { ProofForm, stepUp } from "@/features/auth";
import { ApiErrorState } from "@/features/session";
import { Dialog } from "@/ui/dialog";
import { Skeleton } from "@/ui/skeleton";

/** Asked whenever the dialog opens: another tab may have added a factor. */
const stepUpQuery = queryOptions({
  queryKey: ["step-up"],
  queryFn: ({ signal }) => djangoApi.get("/api/auth/step-up/", { signal }),
  gcTime: 0,
  staleTime: 0,
});

/** Asks the person of the session to prove that it is still her. */
export default function ProveAgain({ onClose }: { onClose: (isProved: boolean) => void }) {
  const t = useTranslations("common.proof");
  const { data, error, refetch } = useQuery(stepUpQuery);
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose(false)}
      title={t("title")}
      description={t("description")}
      width="sm:max-w-sm"
    >
      {error ? <ApiErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <ProofForm methods={data.methods} prover={stepUp} onProved={() => onClose(true)} />
      ) : error ? null : (
        <Skeleton className="h-28 rounded-lg" />
      )}
    </Dialog>
  );
}
