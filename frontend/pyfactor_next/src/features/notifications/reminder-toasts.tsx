"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { toast } from "@/ui/toast";
import { unreadQuery } from "./queries";

/** Says at once what one is told. What was there before the page is behind the bell. */
export default function ReminderToasts() {
  const t = useTranslations("shell");
  const { slug } = useSession();
  const { data } = useQuery(unreadQuery(slug));
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (!data) return;
    for (const { id, reason, subject, about, author_name } of data) {
      if (!known.current || known.current.has(id)) continue;
      const author = author_name || t("notifications.somebody");
      toast.success(
        reason === "mention"
          ? t("notifications.mentionIn", { author, about })
          : t("reminder", { subject }),
      );
    }
    known.current = new Set([...(known.current ?? []), ...data.map(({ id }) => id)]);
  }, [data, t]);
  return null;
}
