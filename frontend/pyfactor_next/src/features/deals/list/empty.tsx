"use client";

import { CircleDollarSign, Plus } from "lucide-react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { EmptyState } from "@/ui/empty-state";

export function FirstUse({ onCreate }: { onCreate: () => void }) {
  const t = useTranslations("deals");
  const { canWrite } = useSession();
  return (
    <EmptyState
      kind="first-use"
      icon={<CircleDollarSign />}
      title={t("empty.title")}
      description={t(canWrite ? "empty.description" : "empty.viewer")}
      actions={
        canWrite ? (
          <Button variant="primary" onClick={onCreate}>
            <Plus aria-hidden />
            {t("new")}
          </Button>
        ) : null
      }
    />
  );
}
