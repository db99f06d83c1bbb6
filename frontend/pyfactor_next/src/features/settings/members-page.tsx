"use client";

import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ApiErrorState, membersQuery, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Skeleton } from "@/ui/skeleton";
import { LeaveBusiness } from "./leave-business";
import { MemberRow } from "./member-row";
import { PendingInvitations } from "./pending-invitations";
import { SettingsSection } from "./settings-section";
import { ScopesCard } from "./visibility/scopes-card";
import { TeamsCard } from "./visibility/teams-card";

const InviteDialog = dynamic(() => import("./invite-dialog").then((m) => m.InviteDialog));

/** Who works here, who is invited, and the way out. */
export function MembersPage() {
  const t = useTranslations("settings.members");
  const { slug, canAdminister } = useSession();
  const [isInviting, setInviting] = useState(false);
  const { error, refetch } = useQuery(membersQuery(slug));
  return (
    <SettingsSection
      title={t("title")}
      description={t("description")}
      actions={
        canAdminister ? (
          <Button variant="primary" onClick={() => setInviting(true)}>
            <UserPlus aria-hidden />
            {t("invite")}
          </Button>
        ) : null
      }
    >
      {error ? <ApiErrorState error={error} onRetry={() => void refetch()} /> : <MemberList />}
      {canAdminister ? <PendingInvitations /> : null}
      <TeamsCard />
      <ScopesCard />
      <LeaveBusiness />
      {isInviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
    </SettingsSection>
  );
}

function MemberList() {
  const { slug } = useSession();
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
        : members.map((member) => <MemberRow key={member.id} member={member} />)}
    </ul>
  );
}
