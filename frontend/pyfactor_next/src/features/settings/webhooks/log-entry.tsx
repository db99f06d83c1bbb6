"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { useId, useState } from "react";
import { useFormatter, useMessages, useNow, useTranslations } from "use-intl";
import { ApiErrorState, useSession } from "@/features/session";
import { Badge, type BadgeTone } from "@/ui/badge";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import { Skeleton } from "@/ui/skeleton";
import { type Message, type MessageState, messageQuery } from "./queries";
import { useEventWords } from "./use-event-words";
import { useWebhookWrites } from "./use-webhook-writes";

type Shown = MessageState | "again";

const TONES: Record<Shown, BadgeTone> = {
  waiting: "neutral",
  again: "warning",
  delivered: "success",
  failed: "danger",
};

/** One message; opened, it shows what it says and each attempt. */
export function LogEntry({ message, canReplay }: { message: Message; canReplay: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const words = useEventWords();
  const format = useFormatter();
  const now = useNow({ updateInterval: 10_000 });
  return (
    <li>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
        className="flex w-full flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 text-start text-sm hover:bg-hover"
      >
        <State message={message} />
        <span className="min-w-0 flex-1 basis-40 truncate font-medium">
          {words.event(message.event_type)}
        </span>
        <span className="text-xs text-muted">
          <Outcome message={message} />
        </span>
        <time dateTime={message.created_at} className="text-xs text-muted">
          {format.relativeTime(new Date(message.created_at), now)}
        </time>
        <ChevronDown aria-hidden className={cn("size-4 text-muted", isOpen && "rotate-180")} />
      </button>
      <div id={id} hidden={!isOpen} className="px-3 pb-3">
        {isOpen ? <Details message={message} canReplay={canReplay} /> : null}
      </div>
    </li>
  );
}

function State({ message: { state, tries } }: { message: Message }) {
  const t = useTranslations("settings.webhooks");
  const shown: Shown = state === "waiting" && tries > 0 ? "again" : state;
  return <Badge tone={TONES[shown]}>{t(`states.${shown}`)}</Badge>;
}

function useErrorWord(): (error: string) => string {
  const words: Record<string, string> = useMessages().settings.webhooks.errors;
  return (error) => words[error] ?? error;
}

function Outcome({ message }: { message: Message }) {
  const format = useFormatter();
  const errorWord = useErrorWord();
  const parts = [
    message.last_status,
    // What the status says already is not said again.
    message.last_error && message.last_error !== "status_refused"
      ? errorWord(message.last_error)
      : null,
    message.last_duration_ms === null
      ? null
      : format.number(message.last_duration_ms, { style: "unit", unit: "millisecond" }),
  ];
  return parts.filter((part) => part !== null && part !== "").join(" · ");
}

function Details({ message, canReplay }: { message: Message; canReplay: boolean }) {
  const t = useTranslations("settings.webhooks");
  const { slug } = useSession();
  const { run, isBusy } = useWebhookWrites();
  const { data, error, refetch } = useQuery(messageQuery(slug, message));
  if (error) return <ApiErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-24 rounded-lg" />;
  const replay = () =>
    run((api) =>
      api.post("/api/webhooks/deliveries/{id}/replay/", undefined, { path: { id: message.id } }),
    );
  return (
    <div className="flex flex-col gap-3 text-sm">
      <Attempts attempts={data.attempts} />
      <NextAttempt message={message} />
      <p className="text-xs text-muted">
        <code dir="ltr">{data.message_id}</code>
      </p>
      <pre dir="ltr" className="max-h-60 overflow-auto rounded-lg bg-sunken p-3 text-xs">
        {JSON.stringify(JSON.parse(data.body), null, 2)}
      </pre>
      {canReplay && message.state !== "waiting" ? (
        <Button size="sm" className="self-start" busy={isBusy} onClick={() => void replay()}>
          {t("replay")}
        </Button>
      ) : null}
    </div>
  );
}

function NextAttempt({ message }: { message: Message }) {
  const t = useTranslations("settings.webhooks");
  const format = useFormatter();
  const now = useNow({ updateInterval: 10_000 });
  if (message.state !== "waiting" || message.next_attempt_at === null) return null;
  const at = new Date(message.next_attempt_at);
  return (
    <p className="text-xs text-muted">
      {at <= now ? t("sending") : t("nextAttempt", { when: format.relativeTime(at, now) })}
    </p>
  );
}

interface Attempt {
  at: string;
  status: number | null;
  error: string;
  duration_ms: number;
  head: Record<string, string>;
}

function Attempts({ attempts }: { attempts: readonly Attempt[] }) {
  const t = useTranslations("settings.webhooks");
  const format = useFormatter();
  const errorWord = useErrorWord();
  if (attempts.length === 0) return null;
  return (
    <ol aria-label={t("attempts")} className="flex flex-col gap-1 text-xs">
      {attempts.map((attempt) => (
        <li key={attempt.at}>
          <span className="font-medium">
            {[attempt.status, attempt.error ? errorWord(attempt.error) : t("taken")]
              .filter(Boolean)
              .join(" · ")}
          </span>{" "}
          <span className="text-muted">
            {format.dateTime(new Date(attempt.at), { dateStyle: "medium", timeStyle: "medium" })}
            {" · "}
            {format.number(attempt.duration_ms, { style: "unit", unit: "millisecond" })}
          </span>
          {Object.entries(attempt.head).map(([name, value]) => (
            <span key={name} dir="ltr" className="block truncate text-muted">
              {name}: {value}
            </span>
          ))}
        </li>
      ))}
    </ol>
  );
}
