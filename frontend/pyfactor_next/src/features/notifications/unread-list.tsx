"use client";

import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { NotificationRow } from "./notification-row";
import { unreadQuery } from "./queries";

/** What one was told of and has not seen. Nothing when there is none. */
export function UnreadList() {
  const t = useTranslations("shell.notifications");
  const { slug } = useSession();
  const id = useId();
  const { data = [] } = useQuery(unreadQuery(slug));
  if (data.length === 0) return null;
  return (
    <section aria-labelledby={id} className="rounded-lg bg-selected px-1 py-2">
      <h2 id={id} className="px-2 pb-1 text-sm font-semibold">
        {t("title")}
      </h2>
      <ul>
        {data.map((told) => (
          <NotificationRow key={told.id} told={told} />
        ))}
      </ul>
    </section>
  );
}
