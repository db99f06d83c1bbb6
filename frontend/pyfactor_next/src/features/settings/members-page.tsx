"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { ApiErrorState, membersQuery, useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { Badge } from "@/ui/badge";
import { Skeleton } from "@/ui/skeleton";
import { SettingsSection } from "./settings-section";

export function MembersPage() {
  const t = useTranslations("settings.members");
  const { slug } = useSession();
  const { error, refetch } = useQuery(membersQuery(slug));
  return (
    <SettingsSection title={t("title")} description={t("description")}>
      {error ? <ApiErrorState error={error} onRetry={() => void refetch()} /> : <MemberList />}
    </SettingsSection>
  );
}

function MemberList() {
  const t = useTranslations("settings.members");
  const roles = useTranslations("common.roles");
  const { slug, membershipId } = useSession();
  const { data: members } = useQuery(membersQuery(slug));
  return (
    <ul
      aria-busy={members === undefined}
      className="divide-y overflow-hidden rounded-lg bg-raised ring-1 ring-line"
    >
      {members === undefined
        ? [1, 2, 3].map((row) => (
            <li key={row} className="flex h-15 items-center gap-3 px-4">
              <Skeleton className="size-8 rounded-full" />
              <Skeleton className="w-40" />
            </li>
          ))
        : members.map((member) => (
            <li key={member.id} className="flex min-h-15 items-center gap-3 px-4 py-2">
              <Avatar name={member.display_name} size="md" />
              <div className="min-w-0 flex-1">
                <p className="flex items-center gap-2 text-sm font-medium">
                  <span className="truncate">{member.display_name}</span>
                  {member.id === membershipId ? <Badge tone="accent">{t("you")}</Badge> : null}
                  {member.status === "disabled" ? <Badge>{t("disabled")}</Badge> : null}
                </p>
                <p className="text-xs text-muted">{t(`roles.${member.role}`)}</p>
              </div>
              <span className="text-sm text-muted">{roles(member.role)}</span>
            </li>
          ))}
    </ul>
  );
}
