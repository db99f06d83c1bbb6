"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ApiErrorState, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Popover } from "@/ui/popover";
import { Skeleton } from "@/ui/skeleton";
import { BellButton } from "./bell";
import { NotificationRow } from "./notification-row";
import { latestQuery, unreadQuery } from "./queries";
import { useDismiss } from "./use-dismiss";

/** The bell with its list: the latest notifications, seen or not. */
export default function BellMenu({ isOpenAtFirst }: { isOpenAtFirst: boolean }) {
  const t = useTranslations("shell.notifications");
  const { slug } = useSession();
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const { data: unread = [] } = useQuery(unreadQuery(slug));
  return (
    <Popover
      trigger={<BellButton unread={unread.length} />}
      label={t("title")}
      open={isOpen}
      onOpenChange={setOpen}
      className="w-88 max-w-[calc(100vw-2rem)] p-1.5"
    >
      <Latest unread={unread.map(({ id }) => id)} onFollow={() => setOpen(false)} />
    </Popover>
  );
}

function Latest({ unread, onFollow }: { unread: readonly string[]; onFollow: () => void }) {
  const t = useTranslations("shell.notifications");
  const { slug } = useSession();
  const dismiss = useDismiss();
  const { data, error, refetch } = useQuery(latestQuery(slug));
  return (
    <>
      <div className="flex min-h-8 items-center gap-2 px-2">
        <h2 className="flex-1 text-sm font-semibold">{t("title")}</h2>
        {unread.length > 0 ? (
          <Button size="sm" variant="ghost" onClick={() => dismiss(unread)}>
            {t("all")}
          </Button>
        ) : null}
      </div>
      {error ? <ApiErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data || error ? null : <Skeleton aria-busy className="m-2 h-24 rounded-md" />}
      {data?.length === 0 ? <p className="px-2 pt-1 pb-2 text-muted">{t("none")}</p> : null}
      {data && data.length > 0 ? (
        <ul className="max-h-[min(28rem,60vh)] overflow-y-auto overscroll-contain">
          {data.map((told) => (
            <NotificationRow key={told.id} told={told} onFollow={onFollow} />
          ))}
        </ul>
      ) : null}
    </>
  );
}
