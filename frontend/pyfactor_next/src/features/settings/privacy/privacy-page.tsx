"use client";

import { LockKeyhole } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { EmptyState } from "@/ui/empty-state";
import { Skeleton } from "@/ui/skeleton";
import { SettingsSection } from "../settings-section";
import { CertificatesCard } from "./certificates-card";
import { FindCard } from "./find-card";
import { InactiveCard } from "./inactive-card";
import { RetentionCard } from "./retention-card";

const DataMapCard = dynamic(() => import("./data-map-card").then((m) => m.DataMapCard), {
  loading: () => <Skeleton className="h-72 rounded-lg" />,
});

/** Of whom the business holds what, how long, and how a person gets or loses it. */
export function PrivacyPage() {
  const t = useTranslations("settings.privacy");
  const { canAdminister } = useSession();
  return (
    <SettingsSection title={t("title")} description={t("description")}>
      {canAdminister ? (
        <>
          <FindCard />
          <CertificatesCard />
          <RetentionCard />
          <InactiveCard />
          <DataMapCard />
        </>
      ) : (
        <EmptyState
          kind="no-permission"
          icon={<LockKeyhole />}
          title={t("noPermission")}
          description={t("noPermissionDescription")}
        />
      )}
    </SettingsSection>
  );
}
