"use client";

import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { leaveForProvider, ProofForm, stepUp } from "@/features/auth";
import { ApiErrorState, useErrorText, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { FormAlert } from "@/ui/field";
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
        data.methods.includes("single_sign_on") ? (
          <ProveByProvider />
        ) : (
          <ProofForm methods={data.methods} prover={stepUp} onProved={() => onClose(true)} />
        )
      ) : error ? null : (
        <Skeleton className="h-28 rounded-lg" />
      )}
    </Dialog>
  );
}

/** Back to where the session came from, which asks for a proof, and then to this page. */
function ProveByProvider() {
  const t = useTranslations("common.proof");
  const { slug } = useSession();
  const textOf = useErrorText();
  const { pathname, search } = window.location;
  const leave = useMutation({
    mutationFn: () => leaveForProvider({ business: slug, again: true }, pathname + search),
  });
  return (
    <div className="flex flex-col gap-4">
      <FormAlert>{leave.error ? textOf(leave.error).description : undefined}</FormAlert>
      <Button
        variant="primary"
        size="lg"
        busy={leave.isPending || leave.isSuccess}
        onClick={() => leave.mutate()}
      >
        {t("useSingleSignOn")}
      </Button>
    </div>
  );
}
