"use client";

import { ChevronDown, Undo2 } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { segmentOf } from "@/features/realtime";
import { useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import { EVENTS, type EventName } from "./events";
import { SetRecords } from "./set-records";
import type { ChangeSet, Operation } from "./types";
import { useWords } from "./words";

const UndoDialog = dynamic(() => import("./undo-dialog").then((m) => m.UndoDialog));
/** Kinds of records that have a page of their own. */
const WITH_PAGES = new Set(["customers", "contacts", "deals"]);

/** One change set: who did what to how many, the first of its records, Undo. */
export function LogEntry({ set }: { set: ChangeSet }) {
  const t = useTranslations("history");
  const format = useFormatter();
  const [isOpen, setOpen] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const who = set.kind === "system" || !set.actor_name ? t("nobody") : set.actor_name;
  const sentence = useSentence()(set, who);
  const total = set.summary.reduce((sum, part) => sum + part.count, 0);
  const panelId = `changes-${set.id}`;
  return (
    <li data-change-set={set.id} className="px-4 py-3">
      <div className="flex items-start gap-3">
        <Avatar name={who} size="sm" />
        <div className="min-w-0 flex-1 text-sm">
          <p className={cn("font-medium break-words", set.undone_by && "text-muted line-through")}>
            {sentence}
          </p>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted">
            <time
              dateTime={set.created_at}
              className="text-xs tabular-nums"
              suppressHydrationWarning
            >
              {format.dateTime(new Date(set.created_at), { timeStyle: "short" })}
            </time>
            {set.kind === "user" ? null : <Badge>{t(`kinds.${set.kind}`)}</Badge>}
            {typeof set.details.key === "string" ? (
              <span className="break-words">{t("log.withKey", { key: set.details.key })}</span>
            ) : null}
            {set.undoes ? <Badge tone="info">{t("log.undoOf")}</Badge> : null}
            {set.undone_by ? <Badge>{t("record.isUndone")}</Badge> : null}
            {set.reason ? <span className="break-words">{set.reason}</span> : null}
          </p>
          <p className="mt-1 flex flex-wrap gap-x-2">
            {set.records.map((record) => (
              <RecordName key={`${record.entity}.${record.record_id}`} {...record} />
            ))}
            {total > set.records.length ? (
              <span className="text-muted">
                {t("log.andMore", { count: total - set.records.length })}
              </span>
            ) : null}
          </p>
        </div>
        <div className="flex shrink-0 items-center gap-1">
          {set.can_undo ? (
            <Button size="sm" variant="ghost" onClick={() => setAsking(true)}>
              <Undo2 aria-hidden />
              {t("undo")}
            </Button>
          ) : null}
          {total > 0 ? (
            <Button
              size="icon-sm"
              variant="ghost"
              aria-expanded={isOpen}
              aria-controls={panelId}
              aria-label={t(isOpen ? "log.hide" : "log.show")}
              onClick={() => setOpen(!isOpen)}
            >
              <ChevronDown aria-hidden className={cn(isOpen && "rotate-180")} />
            </Button>
          ) : null}
        </div>
      </div>
      {isOpen ? (
        <div id={panelId} className="pt-3 sm:ps-9">
          <SetRecords id={set.id} />
        </div>
      ) : null}
      {isAsking ? <UndoDialog set={set} onClose={() => setAsking(false)} /> : null}
    </li>
  );
}

function RecordName({
  entity,
  record_id,
  operation,
  name,
}: {
  entity: string;
  record_id: string;
  operation: Operation;
  name: string;
}) {
  const words = useWords();
  const { slug } = useSession();
  const text = name || words.count(entity, 1);
  const segment = segmentOf(entity);
  if (operation === "delete" || !WITH_PAGES.has(segment)) {
    return <span className="min-w-0 break-words text-muted">{text}</span>;
  }
  return (
    <Link
      href={`/${slug}/${segment}/${record_id}`}
      className="min-w-0 break-words text-accent-ink underline-offset-4 hover:underline"
    >
      {text}
    </Link>
  );
}

/** What a sentence may name; an entry of an older version may lack it. */
const EMPTY = { member: "?", email: "?", name: "?" };

function eventOf(event: string): EventName {
  return (EVENTS as readonly string[]).includes(event) ? (event as EventName) : "other";
}

const VERBS = {
  create: "created",
  update: "updated",
  trash: "trashed",
  restore: "restored",
  delete: "deleted",
} as const satisfies Record<Operation, string>;

/** “Mia changed 3 customers”; of a set with several kinds each is listed. */
function useSentence(): (set: ChangeSet, who: string) => string {
  const t = useTranslations("history");
  const format = useFormatter();
  const words = useWords();
  return ({ event, details, summary }, who) => {
    if (event) return t(`events.${eventOf(event)}`, { ...EMPTY, ...details, who, event });
    const [only, ...more] = summary;
    if (!only) return t("log.nothing", { who });
    if (more.length === 0) {
      return t(`log.${VERBS[only.operation]}`, {
        who,
        what: words.count(only.entity, only.count),
      });
    }
    const parts = summary.map(
      (part) => `${words.count(part.entity, part.count)} (${t(`operations.${part.operation}`)})`,
    );
    return t("log.several", { who, parts: format.list(parts) });
  };
}
