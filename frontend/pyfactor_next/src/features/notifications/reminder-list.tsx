"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Bell, Check } from "lucide-react";
import Link from "next/link";
import { useId } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { useErrorToast, useSession } from "@/features/session";
import { IconButton } from "@/ui/icon-button";
import { notificationKeys, unreadQuery } from "./queries";

/** Reminders whose time has come, until each is dismissed. Nothing when there is none. */
export function ReminderList() {
  const t = useTranslations("activities.reminders");
  const format = useFormatter();
  const { slug } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  const id = useId();
  const { data = [] } = useQuery(unreadQuery(slug));
  const { mutate: dismiss } = useMutation({
    networkMode: "always",
    mutationFn: (notification: string) =>
      djangoApi.post("/api/crm/notifications/{notification_id}/read/", undefined, {
        path: { notification_id: notification },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: notificationKeys.lists(slug) }),
    onError: (error) => showError(error),
  });
  if (data.length === 0) return null;
  return (
    <section aria-labelledby={id} className="rounded-lg bg-selected px-3 py-2">
      <h2 id={id} className="text-sm font-semibold">
        {t("title")}
      </h2>
      <ul>
        {data.map((reminder) => (
          <li key={reminder.id} className="flex min-h-9 items-center gap-2 text-sm">
            <Bell aria-hidden className="size-4 shrink-0 text-accent-ink" />
            <span className="min-w-0 flex-1 truncate">
              {reminder.customer ? (
                <Link
                  href={`/${slug}/customers/${reminder.customer}?tab=tasks`}
                  prefetch={false}
                  className="hover:underline"
                >
                  {reminder.subject}
                </Link>
              ) : (
                reminder.subject
              )}
            </span>
            <time
              dateTime={reminder.remind_at}
              className="tabular text-xs text-muted"
              suppressHydrationWarning
            >
              {format.dateTime(new Date(reminder.remind_at), {
                dateStyle: "short",
                timeStyle: "short",
              })}
            </time>
            <IconButton
              label={t("dismiss", { subject: reminder.subject })}
              size="icon-sm"
              onClick={() => dismiss(reminder.id)}
            >
              <Check aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
