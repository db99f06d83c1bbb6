"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { toast } from "@/ui/toast";
import { unreadQuery } from "./queries";

/** Says at once that a reminder's time has come. What was there before the page is on My tasks. */
export default function ReminderToasts() {
  const t = useTranslations("shell");
  const { slug } = useSession();
  const { data } = useQuery(unreadQuery(slug));
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (!data) return;
    for (const { id, subject } of data) {
      if (known.current && !known.current.has(id)) toast.success(t("reminder", { subject }));
    }
    known.current = new Set([...(known.current ?? []), ...data.map(({ id }) => id)]);
  }, [data, t]);
  return null;
}
