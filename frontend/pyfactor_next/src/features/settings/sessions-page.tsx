"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Laptop, Smartphone } from "lucide-react";
import { useState } from "react";
import { useFormatter, useNow, useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { ApiErrorState, useErrorToast } from "@/features/session";
import { AlertDialog } from "@/ui/alert-dialog";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Skeleton } from "@/ui/skeleton";
import { toast } from "@/ui/toast";
import { deviceOf } from "./device-name";
import { type SessionItem, sessionsQuery } from "./queries";
import { SettingsSection } from "./settings-section";

export function SessionsPage() {
  const t = useTranslations("settings.sessions");
  const { data: sessions, error, refetch } = useQuery(sessionsQuery);
  const hasOthers = sessions?.some((session) => !session.is_current) ?? false;
  return (
    <SettingsSection
      title={t("title")}
      description={t("description")}
      actions={hasOthers ? <RevokeOthers /> : null}
    >
      {error ? (
        <ApiErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <ul
          aria-busy={sessions === undefined}
          className="divide-y overflow-hidden rounded-lg bg-raised ring-1 ring-line"
        >
          {sessions === undefined
            ? [1, 2].map((row) => (
                <li key={row} className="flex h-17 items-center gap-3 px-4">
                  <Skeleton className="size-8 rounded-md" />
                  <Skeleton className="w-52" />
                </li>
              ))
            : sessions.map((session) => <SessionRow key={session.id} session={session} />)}
        </ul>
      )}
    </SettingsSection>
  );
}

function useDeviceName(): (userAgent: string) => string {
  const t = useTranslations("settings.sessions");
  return (userAgent) => {
    const { browser, system } = deviceOf(userAgent);
    if (browser && system) return t("on", { browser, system });
    return browser ?? system ?? t("unknown");
  };
}

function SessionRow({ session }: { session: SessionItem }) {
  const t = useTranslations("settings.sessions");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const queries = useQueryClient();
  const showError = useErrorToast();
  const device = useDeviceName()(session.user_agent);
  const revoke = useMutation({
    mutationFn: () =>
      djangoApi.delete("/api/auth/sessions/{session_id}/", { path: { session_id: session.id } }),
    onSuccess: () => toast.success(t("revoked", { device })),
    onError: (error) => showError(error, t("failed")),
    onSettled: () => queries.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  const Icon = /iPhone|Android|Mobile/.test(session.user_agent) ? Smartphone : Laptop;
  const seen = session.is_current
    ? t("now")
    : t("lastSeen", { when: format.relativeTime(new Date(session.last_seen_at), now) });
  const since = t("since", {
    when: format.dateTime(new Date(session.created_at), {
      dateStyle: "medium",
      timeStyle: "short",
    }),
  });
  return (
    <li className="flex min-h-17 flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <span className="flex size-8 shrink-0 items-center justify-center rounded-md bg-sunken text-muted">
        <Icon aria-hidden className="size-4" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2 text-sm font-medium">
          {device}
          {session.is_current ? <Badge tone="success">{t("current")}</Badge> : null}
        </p>
        <p className="text-xs text-muted">
          {[seen, since, session.ip].filter(Boolean).join(" · ")}
        </p>
      </div>
      {session.is_current ? null : (
        <Button
          size="sm"
          busy={revoke.isPending}
          aria-label={t("revokeLabel", { device })}
          onClick={() => revoke.mutate()}
        >
          {t("revoke")}
        </Button>
      )}
    </li>
  );
}

function RevokeOthers() {
  const t = useTranslations("settings.sessions");
  const [isOpen, setOpen] = useState(false);
  const queries = useQueryClient();
  const showError = useErrorToast();
  const revoke = useMutation({
    mutationFn: () => djangoApi.post("/api/auth/sessions/revoke-others/", undefined),
    onSuccess: () => toast.success(t("othersRevoked")),
    onError: (error) => showError(error, t("failed")),
    onSettled: async () => {
      setOpen(false);
      await queries.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
  });
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("revokeOthers")}</Button>
      <AlertDialog
        open={isOpen}
        onOpenChange={setOpen}
        title={t("revokeOthersTitle")}
        description={t("revokeOthersDescription")}
        confirmLabel={t("revokeOthers")}
        danger
        busy={revoke.isPending}
        onConfirm={() => revoke.mutate()}
      />
    </>
  );
}
