"use client";

import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { StageDot } from "../bits";
import { visitsQuery } from "../queries";
import type { Colour, Deal, StageVisit } from "../types";

const DAY_S = 86_400;
const HOUR_S = 3_600;

/** How long a deal was in a stage, in its largest unit. */
function useDuration(): (seconds: number) => string {
  const t = useTranslations("deals.duration");
  return (seconds) => {
    if (seconds >= DAY_S) return t("days", { count: Math.floor(seconds / DAY_S) });
    if (seconds >= HOUR_S) return t("hours", { count: Math.floor(seconds / HOUR_S) });
    return t("minutes", { count: Math.max(1, Math.floor(seconds / 60)) });
  };
}

/** The stages that the deal went through, the latest first. */
export function StageHistory({ deal }: { deal: Deal }) {
  const t = useTranslations("deals.record");
  const { slug } = useSession();
  const { data: visits } = useQuery(visitsQuery(slug, deal.id));
  if (!visits || visits.length === 0) return null;
  return (
    <section aria-labelledby="stage-history" className="border-t pt-4">
      <h2 id="stage-history" className="pb-2 text-sm font-semibold">
        {t("history")}
      </h2>
      <ol className="flex flex-col gap-2">
        {visits.toReversed().map((visit) => (
          <Visit key={visit.entered_at} visit={visit} />
        ))}
      </ol>
    </section>
  );
}

function Visit({ visit }: { visit: StageVisit }) {
  const t = useTranslations("deals.record");
  const format = useFormatter();
  const duration = useDuration();
  const isOver = visit.left_at !== null;
  const isClosed = !isOver && visit.category !== "open";
  return (
    <li className="flex items-start gap-2 text-sm">
      <StageDot colour={visit.stage_colour as Colour} className="mt-1.5" />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <span className="truncate font-medium">{visit.stage_name}</span>
          {isClosed ? null : (
            <span className="tabular ms-auto shrink-0 text-muted">{duration(visit.seconds)}</span>
          )}
        </p>
        <p className="truncate text-xs text-muted" suppressHydrationWarning>
          {t("entered", {
            when: format.dateTime(new Date(visit.entered_at), {
              dateStyle: "medium",
              timeStyle: "short",
            }),
            who: visit.actor_name,
          })}
        </p>
      </div>
    </li>
  );
}
