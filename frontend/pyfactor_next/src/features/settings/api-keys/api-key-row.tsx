"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { useFormatter, useNow, useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { useErrorToast, useSession } from "@/features/session";
import { AlertDialog } from "@/ui/alert-dialog";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { toast } from "@/ui/toast";
import { type ApiKeyItem, apiKeysQuery } from "./queries";
import { AREAS, type Area, isWritable, summary } from "./scopes";

/** One key: what it is called, what it may do, when it was used, and the way to end it. */
export function ApiKeyRow({ item }: { item: ApiKeyItem }) {
  const t = useTranslations("settings.apiKeys");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const expiresAt = new Date(item.expires_at);
  const isExpired = expiresAt <= now;
  const when = format.dateTime(expiresAt, { dateStyle: "medium" });
  const used = item.last_used_at
    ? t("used", { when: format.relativeTime(new Date(item.last_used_at), now) })
    : t("unused");
  return (
    <li className="flex min-h-19 flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <span className="flex size-8 shrink-0 items-center justify-center rounded-md bg-sunken text-muted">
        <KeyRound aria-hidden className="size-4" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 text-sm font-medium">
          <span className="truncate">{item.name}</span>
          <code dir="ltr" className="text-xs font-normal text-muted">
            {item.prefix}…
          </code>
          {isExpired ? <Badge tone="danger">{t("expired")}</Badge> : null}
        </p>
        <p className="text-xs text-muted">
          <Extent item={item} />
        </p>
        <p className="text-xs text-muted">
          {[
            item.is_mine ? null : t("madeBy", { name: item.made_by }),
            used,
            t(isExpired ? "expiredOn" : "until", { when }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      <Revoke item={item} />
    </li>
  );
}

function Extent({ item }: { item: ApiKeyItem }) {
  const t = useTranslations("settings.apiKeys");
  const format = useFormatter();
  const { reads, writes } = summary(item.scopes);
  const names = (areas: Area[]) => format.list(areas.map((area) => t(`areas.${area}`)));
  if (reads.length === AREAS.length) return t("extents.read");
  if (reads.length + writes.length === AREAS.length && !reads.some(isWritable)) {
    return t("extents.all");
  }
  return [
    writes.length ? t("changes", { areas: names(writes) }) : "",
    reads.length ? t("reads", { areas: names(reads) }) : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

function Revoke({ item }: { item: ApiKeyItem }) {
  const t = useTranslations("settings.apiKeys");
  const { slug } = useSession();
  const [isAsking, setAsking] = useState(false);
  const queries = useQueryClient();
  const showError = useErrorToast();
  const { name } = item;
  const revoke = useMutation({
    mutationFn: () =>
      djangoApi.delete("/api/tenants/current/api-keys/{apikey_id}/", {
        path: { apikey_id: item.id },
      }),
    onSuccess: () => toast.success(t("revoked", { name })),
    onError: (error) => showError(error, t("failed")),
    onSettled: async () => {
      setAsking(false);
      await queries.invalidateQueries({ queryKey: apiKeysQuery(slug).queryKey });
    },
  });
  return (
    <>
      <Button size="sm" aria-label={t("revokeLabel", { name })} onClick={() => setAsking(true)}>
        {t("revoke")}
      </Button>
      <AlertDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t("revokeTitle", { name })}
        description={t("revokeDescription")}
        confirmLabel={t("revokeConfirm")}
        danger
        busy={revoke.isPending}
        onConfirm={() => revoke.mutate()}
      />
    </>
  );
}
