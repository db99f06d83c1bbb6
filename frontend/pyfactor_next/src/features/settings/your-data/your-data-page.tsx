"use client";

import { LockKeyhole } from "lucide-react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Card } from "@/ui/card";
import { CopyButton } from "@/ui/copy-button";
import { EmptyState } from "@/ui/empty-state";
import { SettingsSection } from "../settings-section";
import { ExportsCard } from "./exports-card";

/** How a business leaves, whole, and how it comes in again elsewhere. */
export function YourDataPage() {
  const t = useTranslations("settings.yourData");
  const { role } = useSession();
  return (
    <SettingsSection title={t("title")} description={t("description")}>
      {role === "owner" ? (
        <>
          <ExportsCard />
          <ComeInCard />
        </>
      ) : (
        <EmptyState
          kind="no-permission"
          icon={<LockKeyhole />}
          title={t("noPermission")}
          description={t("noPermissionDescription")}
          className="rounded-lg bg-raised ring-1 ring-line"
        />
      )}
    </SettingsSection>
  );
}

// What is typed is the same in every language.
const COMMAND = "./dott import business.zip SLUG";

function ComeInCard() {
  const t = useTranslations("settings.yourData.comeIn");
  return (
    <Card title={t("title")} description={t("description")}>
      <div className="flex items-center gap-2 rounded-md bg-sunken py-1.5 ps-3 pe-1.5">
        <code dir="ltr" className="min-w-0 flex-1 text-sm break-all">
          {COMMAND}
        </code>
        <CopyButton text={COMMAND} label={t("copy")} />
      </div>
      <p className="mt-3 text-sm text-muted">{t("note")}</p>
    </Card>
  );
}
