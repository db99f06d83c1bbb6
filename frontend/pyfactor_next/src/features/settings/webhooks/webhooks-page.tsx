"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus, Webhook as WebhookIcon } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ApiErrorState, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { EmptyState } from "@/ui/empty-state";
import { Skeleton } from "@/ui/skeleton";
import { SettingsSection } from "../settings-section";
import { webhooksQuery } from "./queries";
import { WebhookRow } from "./webhook-row";

const MakeWebhookDialog = dynamic(() =>
  import("./make-webhook-dialog").then((m) => m.MakeWebhookDialog),
);

/** Which other programs are told of what happens in the business. */
export function WebhooksPage() {
  const t = useTranslations("settings.webhooks");
  const { canAdminister } = useSession();
  return (
    <SettingsSection
      title={t("title")}
      description={t("description")}
      actions={canAdminister ? <Make /> : null}
    >
      {canAdminister ? <Webhooks /> : <NotYours />}
    </SettingsSection>
  );
}

function Make() {
  const t = useTranslations("settings.webhooks");
  const [isMaking, setMaking] = useState(false);
  return (
    <>
      <Button variant="primary" onClick={() => setMaking(true)}>
        <Plus aria-hidden />
        {t("make")}
      </Button>
      {isMaking ? <MakeWebhookDialog onClose={() => setMaking(false)} /> : null}
    </>
  );
}

function NotYours() {
  const t = useTranslations("settings.webhooks");
  return (
    <EmptyState
      kind="no-permission"
      icon={<WebhookIcon />}
      title={t("title")}
      description={t("forAdmins")}
      className="rounded-lg bg-raised ring-1 ring-line"
    />
  );
}

function Webhooks() {
  const t = useTranslations("settings.webhooks");
  const { slug } = useSession();
  const { data: webhooks, error, refetch } = useQuery(webhooksQuery(slug));
  if (error) return <ApiErrorState error={error} onRetry={() => void refetch()} />;
  if (webhooks?.length === 0) {
    return (
      <EmptyState
        kind="first-use"
        icon={<WebhookIcon />}
        title={t("empty")}
        description={t("emptyDescription")}
        className="rounded-lg bg-raised ring-1 ring-line"
      />
    );
  }
  return (
    <ul
      aria-busy={webhooks === undefined}
      aria-label={t("title")}
      className="divide-y overflow-hidden rounded-lg bg-raised ring-1 ring-line"
    >
      {webhooks === undefined
        ? [1, 2].map((row) => (
            <li key={row} className="flex h-19 items-center gap-3 px-4">
              <Skeleton className="size-8 rounded-md" />
              <Skeleton className="w-52" />
            </li>
          ))
        : webhooks.map((item) => <WebhookRow key={item.id} item={item} />)}
    </ul>
  );
}
