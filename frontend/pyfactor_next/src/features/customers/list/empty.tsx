"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Building2, FileUp, Plus, Sparkles } from "lucide-react";
import { useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { useErrorToast, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { EmptyState } from "@/ui/empty-state";
import { LinkButton } from "@/ui/link-button";
import { reloadLists } from "../cache";

const DEMO_TIMEOUT_MS = 60_000;

export function FirstUse({ onCreate }: { onCreate: () => void }) {
  const t = useTranslations("customers.empty.firstUse");
  const { slug, canWrite, canAdminister } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  const demo = useMutation({
    mutationFn: () => djangoApi.post("/api/crm/demo/", undefined, { timeoutMs: DEMO_TIMEOUT_MS }),
    onSuccess: () => reloadLists(client, slug),
    onError: (error) => showError(error, t("demoFailed")),
  });
  return (
    <EmptyState
      kind="first-use"
      icon={<Building2 />}
      title={t("title")}
      description={canWrite ? t("description") : t("viewer")}
      actions={
        canWrite ? (
          <>
            <Button variant="primary" onClick={onCreate}>
              <Plus aria-hidden />
              {t("add")}
            </Button>
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
