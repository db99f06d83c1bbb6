"use client";

import { LockKeyhole } from "lucide-react";
import { useTranslations } from "use-intl";
import { EmptyState } from "@/ui/empty-state";

/** Instead of what is the person's own, in a session that the business's single sign-on made. */
export function Confined() {
  const t = useTranslations("common.confined");
  return (
    <EmptyState
      kind="no-permission"
      icon={<LockKeyhole />}
      title={t("title")}
      description={t("description")}
    />
  );
}
