"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useNow, useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { useErrorToast } from "@/features/session";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { toast } from "@/ui/toast";
import { type Connection, connectionsQuery } from "./queries";

/** The businesses whose providers may sign the person in; nothing where there is none. */
export function Connections() {
  const t = useTranslations("settings.singleSignOn");
  const { data } = useQuery(connectionsQuery);
  if (!data || data.results.length === 0) return null;
  return (
    <Card title={t("title")} description={t("connections")}>
      <ul className="divide-y">
        {data.results.map((connection) => (
          <ConnectionRow key={connection.id} connection={connection} />
        ))}
      </ul>
    </Card>
  );
}

function ConnectionRow({ connection }: { connection: Connection }) {
  const t = useTranslations("settings.singleSignOn");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const showError = useErrorToast();
  const queries = useQueryClient();
  const disconnect = useMutation({
    mutationFn: () =>
      djangoApi.delete("/api/auth/sso/links/{link_id}/", { path: { link_id: connection.id } }),
    onSuccess: () => toast.success(t("disconnected")),
    onError: (error) => showError(error, t("failed")),
    onSettled: () => queries.invalidateQueries({ queryKey: connectionsQuery.queryKey }),
  });
  return (
    <li className="flex flex-wrap items-center gap-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm font-medium">{connection.business}</p>
        <p className="text-xs break-words text-muted">
          <bdi dir="ltr">{connection.issuer}</bdi>
          {" · "}
          {t("used", { when: format.relativeTime(new Date(connection.last_used_at), now) })}
        </p>
      </div>
      <Button size="sm" busy={disconnect.isPending} onClick={() => disconnect.mutate()}>
        {t("disconnect")}
      </Button>
    </li>
  );
}
