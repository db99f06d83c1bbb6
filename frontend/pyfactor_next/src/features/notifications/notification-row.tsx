"use client";

import { AtSign, Bell, Check } from "lucide-react";
import Link from "next/link";
import { useFormatter, useNow, useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { cn } from "@/ui/cn";
import { IconButton } from "@/ui/icon-button";
import { addressOf } from "./address";
import type { Notification } from "./queries";
import { useDismiss } from "./use-dismiss";

interface NotificationRowProps {
  told: Notification;
  /** After it was followed to its record. */
  onFollow?: () => void;
}

/** One notification: what, about which record, when; it leads there, and counts as seen then. */
export function NotificationRow({ told, onFollow }: NotificationRowProps) {
  const t = useTranslations("shell.notifications");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const { slug } = useSession();
  const dismiss = useDismiss();
  const isMention = told.reason === "mention";
  const isNew = told.read_at === null;
  const Icon = isMention ? AtSign : Bell;
  const name = isMention
    ? t("mention", { author: told.author_name || t("somebody") })
    : told.subject || t("reminder");
  const at = new Date(told.remind_at ?? told.created_at);
  return (
    <li className="flex items-start gap-2.5 rounded-md px-2 py-1.5 hover:bg-hover">
      <Icon
        aria-hidden
        className={cn("mt-0.5 size-4 shrink-0", isNew ? "text-accent-ink" : "text-faint")}
      />
      <Link
        href={addressOf(slug, told)}
        prefetch={false}
        className="min-w-0 flex-1"
        onClick={() => {
          if (isNew) dismiss([told.id]);
          onFollow?.();
        }}
      >
        <span className={cn("block truncate text-sm", isNew && "font-medium")}>
          {name}
          {isNew ? <span className="sr-only"> · {t("unread")}</span> : null}
        </span>
        <span className="flex gap-2 text-xs text-muted">
          <span className="truncate">{told.about}</span>
          <time
            dateTime={at.toISOString()}
            className="tabular ms-auto shrink-0"
            suppressHydrationWarning
          >
            {format.relativeTime(at, now)}
          </time>
        </span>
      </Link>
      {isNew ? (
        <IconButton
          label={t("dismiss", { name })}
          size="icon-sm"
          onClick={() => dismiss([told.id])}
        >
          <Check aria-hidden />
        </IconButton>
      ) : null}
    </li>
  );
}
