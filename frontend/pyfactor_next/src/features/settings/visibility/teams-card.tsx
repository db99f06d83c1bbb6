"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus, UsersRound } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { ApiErrorState, membersQuery, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Skeleton } from "@/ui/skeleton";
import { type Team, teamsQuery } from "./queries";

const TeamDialog = dynamic(() => import("./team-dialog").then((m) => m.TeamDialog));

/** The teams of the business and who is in them. */
export function TeamsCard() {
  const t = useTranslations("settings.visibility.teams");
  const { slug, canAdminister } = useSession();
  const { data: teams, error, refetch } = useQuery(teamsQuery(slug));
  const [edited, setEdited] = useState<Team | "new">();
  return (
    <section aria-labelledby="teams" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h3 id="teams" className="text-sm font-semibold">
            {t("title")}
          </h3>
          <p className="text-sm text-muted">{t("description")}</p>
        </div>
        {canAdminister ? (
          <Button size="sm" onClick={() => setEdited("new")}>
            <Plus aria-hidden />
            {t("add")}
          </Button>
        ) : null}
      </div>
      {error ? <ApiErrorState error={error} onRetry={() => void refetch()} /> : null}
      {teams === undefined && !error ? <Skeleton className="h-15 rounded-lg" /> : null}
      {teams?.length ? (
        <ul className="divide-y overflow-hidden rounded-lg bg-raised ring-1 ring-line">
          {teams.map((team) => (
            <TeamRow key={team.id} team={team} onEdit={() => setEdited(team)} />
          ))}
        </ul>
      ) : null}
      {edited ? (
        <TeamDialog
          team={edited === "new" ? undefined : edited}
          onClose={() => setEdited(undefined)}
        />
      ) : null}
    </section>
  );
}

function TeamRow({ team, onEdit }: { team: Team; onEdit: () => void }) {
  const t = useTranslations("settings.visibility.teams");
  const format = useFormatter();
  const { slug, canAdminister } = useSession();
  const { data: members } = useQuery(membersQuery(slug));
  const names = (members ?? [])
    .filter((member) => team.members.includes(member.id))
    .map((member) => member.display_name);
  return (
    <li className="flex min-h-15 items-center gap-3 px-4 py-2">
      <span className="flex size-8 shrink-0 items-center justify-center rounded-full bg-sunken text-muted">
        <UsersRound aria-hidden className="size-4" />
      </span>
      <div className="min-w-0 flex-1">
        <p dir="auto" className="truncate text-sm font-medium">
          {team.name}
        </p>
        <p className="text-xs text-muted">{names.length ? format.list(names) : t("nobody")}</p>
      </div>
      {canAdminister ? (
        <Button size="sm" aria-label={t("editLabel", { name: team.name })} onClick={onEdit}>
          {t("edit")}
        </Button>
      ) : null}
    </li>
  );
}
