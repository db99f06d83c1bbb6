"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FileUp, Plus, Sparkles, Sprout } from "lucide-react";
import { useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { useErrorToast, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { EmptyState } from "@/ui/empty-state";
import { LinkButton } from "@/ui/link-button";

const DEMO_TIMEOUT_MS = 60_000;

/** What a new business sees in place of empty charts: the ways to its first customers. */
export function FirstSteps() {
  const t = useTranslations("home.firstSteps");
  const { slug, canWrite, canAdminister } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  const demo = useMutation({
    mutationFn: () => djangoApi.post("/api/crm/demo/", undefined, { timeoutMs: DEMO_TIMEOUT_MS }),
    onSuccess: () => client.invalidateQueries({ queryKey: [slug] }),
    onError: (error) => showError(error, t("demoFailed")),
  });
  return (
    <EmptyState
      kind="first-use"
      icon={<Sprout />}
      title={t("title")}
      description={t(canWrite ? "description" : "viewer")}
      actions={
        canWrite ? (
          <>
            <LinkButton variant="primary" href={`/${slug}/customers?new=1`} prefetch={false}>
              <Plus aria-hidden />
              {t("add")}
            </LinkButton>
            <LinkButton href={`/${slug}/imports/new`} prefetch={false}>
              <FileUp aria-hidden />
              {t("import")}
            </LinkButton>
            {canAdminister ? (
              <Button busy={demo.isPending} onClick={() => demo.mutate()}>
                <Sparkles aria-hidden />
                {t("demo")}
              </Button>
            ) : null}
          </>
        ) : null
      }
    />
  );
}
