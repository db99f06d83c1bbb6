"use client";

import { useQuery } from "@tanstack/react-query";
import { LockKeyhole } from "lucide-react";
import dynamic from "next/dynamic";
import { useFormatter, useTranslations } from "use-intl";
import { PolicyCard } from "@/features/factors";
import { ApiErrorState, membersQuery, useSession } from "@/features/session";
import { EmptyState } from "@/ui/empty-state";
import { Skeleton } from "@/ui/skeleton";
import { IsolationReportView } from "./isolation-report";
import { isolationQuery } from "./queries";
import { SettingsSection } from "./settings-section";

const ProviderCard = dynamic(() =>
  import("@/features/single-sign-on").then((feature) => feature.ProviderCard),
);

export function SecurityPage() {
  const t = useTranslations("settings.security");
  const { canAdminister } = useSession();
  return (
    <SettingsSection title={t("title")} description={t("description")}>
      {canAdminister ? (
        <>
          <PolicyCard />
          <ProviderCard />
          <Report />
        </>
      ) : (
        <NoPermission />
      )}
    </SettingsSection>
  );
}

function Report() {
  const t = useTranslations("settings.security");
  const { slug } = useSession();
  const { data, error, refetch, isFetching } = useQuery(isolationQuery(slug));
  if (error) {
    return <ApiErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  }
  if (!data) {
    return (
      <div aria-busy className="flex flex-col gap-4">
        <Skeleton className="h-22 rounded-lg" />
        <Skeleton className="h-72 rounded-lg" />
        <span className="sr-only">{t("description")}</span>
      </div>
    );
  }
  return (
    <IsolationReportView report={data} isChecking={isFetching} onCheck={() => void refetch()} />
  );
}

/** Which role can, and who has it. */
function NoPermission() {
  const t = useTranslations("settings.security");
  const roles = useTranslations("common.roles");
  const format = useFormatter();
  const { slug, role, tenant } = useSession();
  const { data: members = [] } = useQuery(membersQuery(slug));
  const admins = members
    .filter((member) => member.role === "owner" || member.role === "admin")
    .map((member) => member.display_name);
  return (
    <EmptyState
      kind="no-permission"
      icon={<LockKeyhole />}
      title={t("noPermission")}
      description={t("noPermissionDescription", {
        role: roles(role).toLowerCase(),
        business: tenant.name,
        admins: admins.length > 0 ? format.list(admins, { type: "disjunction" }) : roles("owner"),
      })}
    />
  );
}
