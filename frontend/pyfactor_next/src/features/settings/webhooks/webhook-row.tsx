"use client";

import { Webhook as WebhookIcon } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { EVERYTHING, kindsOf } from "./events";
import type { Webhook } from "./queries";
import { useEventWords } from "./use-event-words";
import { WebhookMenu } from "./webhook-menu";

const LogDialog = dynamic(() => import("./log-dialog").then((m) => m.LogDialog));

/** One endpoint: where it is, what it hears of, how it is doing. */
export function WebhookRow({ item }: { item: Webhook }) {
  const t = useTranslations("settings.webhooks");
  const [isLogOpen, setLogOpen] = useState(false);
  return (
    <li className="flex min-h-19 flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <span className="flex size-8 shrink-0 items-center justify-center rounded-md bg-sunken text-muted">
        <WebhookIcon aria-hidden className="size-4" />
      </span>
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
          <span dir="auto" className="max-w-full truncate">
            {nameOf(item)}
          </span>
          <State item={item} />
        </p>
        <p dir="ltr" className="truncate text-start text-xs text-muted" title={item.url}>
          {item.url}
        </p>
        <p className="text-xs text-muted">
          <Heard events={item.events} />
        </p>
      </div>
      <div className="flex items-center gap-1">
        <Button
          size="sm"
          aria-label={t("messagesOf", { name: nameOf(item) })}
          onClick={() => setLogOpen(true)}
        >
          {t("messages")}
        </Button>
        <WebhookMenu item={item} onTested={() => setLogOpen(true)} />
      </div>
      {isLogOpen ? <LogDialog webhook={item} onClose={() => setLogOpen(false)} /> : null}
    </li>
  );
}

export function nameOf(item: Webhook): string {
  return item.description || hostOf(item.url);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

function State({ item }: { item: Webhook }) {
  const t = useTranslations("settings.webhooks");
  if (item.disabled_reason) {
    return <Badge tone="danger">{t(`stopped.${item.disabled_reason}`)}</Badge>;
  }
  if (!item.is_enabled) return <Badge>{t("off")}</Badge>;
  if (item.failures > 0) {
    return <Badge tone="warning">{t("failures", { count: item.failures })}</Badge>;
  }
  return null;
}

function Heard({ events }: { events: readonly string[] }) {
  const t = useTranslations("settings.webhooks");
  const format = useFormatter();
  const words = useEventWords();
  if (events.includes(EVERYTHING)) return t("hearsAll");
  const kinds = kindsOf(events).map(({ entity }) => words.kind(entity));
  return t("hears", { count: events.length, kinds: format.list(kinds) });
}
