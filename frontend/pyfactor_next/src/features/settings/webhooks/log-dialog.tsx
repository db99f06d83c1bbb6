"use client";

import { useQuery } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ApiErrorState, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { EmptyState } from "@/ui/empty-state";
import { Segmented } from "@/ui/segmented";
import { Skeleton } from "@/ui/skeleton";
import { toast } from "@/ui/toast";
import { LogEntry } from "./log-entry";
import { LATEST, messagesQuery, type Webhook } from "./queries";
import { useWebhookWrites } from "./use-webhook-writes";

type Shown = "all" | "failed";

// All that the log can still hold.
const KEPT_MS = 31 * 24 * 3_600_000;

/** What an endpoint was sent lately, how that went, and sending it again. */
export function LogDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const t = useTranslations("settings.webhooks");
  const { slug } = useSession();
  const [shown, setShown] = useState<Shown>("all");
  const query = messagesQuery(slug, webhook.id, shown === "failed" ? "failed" : undefined);
  const { data: page, error, refetch } = useQuery(query);
  const messages = page?.results;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("messages")}
      description={<span dir="ltr">{webhook.url}</span>}
      width="sm:max-w-2xl"
      footer={<Replay webhook={webhook} />}
    >
      <div className="flex flex-col gap-3">
        <Segmented<Shown>
          label={t("shown")}
          isLabelHidden
          value={shown}
          onValueChange={setShown}
          options={(["all", "failed"] as const).map((value) => ({
            value,
            label: t(`shownOptions.${value}`),
          }))}
        />
        {error ? <ApiErrorState error={error} onRetry={() => void refetch()} /> : null}
        {!messages && !error ? <Skeleton className="h-40 rounded-lg" /> : null}
        {messages?.length === 0 ? (
          <EmptyState
            kind={shown === "all" ? "first-use" : "no-match"}
            title={t(shown === "all" ? "noMessages" : "noneFailed")}
            description={t(shown === "all" ? "noMessagesDescription" : "noneFailedDescription")}
          />
        ) : null}
        {messages?.length ? (
          <>
            <ol aria-label={t("messages")} className="divide-y rounded-lg ring-1 ring-line">
              {messages.map((message) => (
                <LogEntry key={message.id} message={message} canReplay={webhook.is_enabled} />
              ))}
            </ol>
            <p className="text-xs text-muted">{t("kept", { count: LATEST })}</p>
          </>
        ) : null}
      </div>
    </Dialog>
  );
}

function Replay({ webhook }: { webhook: Webhook }) {
  const t = useTranslations("settings.webhooks");
  const { run, isBusy } = useWebhookWrites();
  const replay = async (): Promise<void> => {
    const since = new Date(Date.now() - KEPT_MS).toISOString();
    const done = await run((api) =>
      api.post(
        "/api/webhooks/endpoints/{id}/replay-failed/",
        { since },
        { path: { id: webhook.id } },
      ),
    );
    if (done) toast.success(t("replayed", { count: done.count }));
  };
  return (
    <Button busy={isBusy} disabled={!webhook.is_enabled} onClick={() => void replay()}>
      <RotateCw aria-hidden />
      {t("replayFailed")}
    </Button>
  );
}
