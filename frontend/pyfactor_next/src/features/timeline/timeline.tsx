"use client";

import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useId, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { type About, ActivityCard, activitiesQuery, Composer, KINDS } from "@/features/activities";
import { PasteToAttach } from "@/features/attachments";
import { ApiErrorState, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Skeleton } from "@/ui/skeleton";
import { ChangeEntry } from "./change-entry";
import { byMonth } from "./group";
import { type Moment, timelineQuery } from "./queries";

const MAX_PINNED = 5;
type Shown = (typeof KINDS)[number] | "change" | "";

interface TimelineProps {
  about: About;
  /** The record's name. */
  name: string;
  /** It lies in the trash. */
  isReadOnly?: boolean;
}

/** What happened with a record, and where more is added to it. */
export function Timeline({ about, name, isReadOnly = false }: TimelineProps) {
  const { canWrite } = useSession();
  const [kind, setKind] = useState<Shown>("");
  useOwnChanges();
  return (
    <PasteToAttach about={about} isReadOnly={!canWrite || isReadOnly}>
      <div className="flex flex-col gap-4">
        {canWrite && !isReadOnly ? <Composer about={about} name={name} /> : null}
        <KindFilter value={kind} onChange={setKind} />
        <Pinned about={about} />
        <Moments about={about} kind={kind} />
      </div>
    </PasteToAttach>
  );
}

/** The news of this tab's own writes is left out of live updates; the timeline shows them, too. */
function useOwnChanges(): void {
  const { slug } = useSession();
  const client = useQueryClient();
  useEffect(
    () =>
      client.getMutationCache().subscribe((event) => {
        if (event.type === "updated" && event.action.type === "success") {
          void client.invalidateQueries({ queryKey: [slug, "timeline"] });
        }
      }),
    [client, slug],
  );
}

function KindFilter({ value, onChange }: { value: Shown; onChange: (value: Shown) => void }) {
  const t = useTranslations("timeline");
  const kinds = useTranslations("activities.kinds");
  const chips: readonly { value: Shown; label: string }[] = [
    { value: "", label: t("all") },
    ...KINDS.map((kind) => ({ value: kind, label: kinds(kind) })),
    { value: "change", label: t("changes") },
  ];
  return (
    <fieldset className="-mx-1 flex gap-1 overflow-x-auto px-1 py-0.5 scrollbar-none">
      <legend className="sr-only">{t("filter")}</legend>
      {chips.map((chip) => (
        <Button
          key={chip.value}
          size="sm"
          variant="ghost"
          aria-pressed={value === chip.value}
          onClick={() => onChange(chip.value)}
          className="shrink-0 font-normal text-muted aria-pressed:bg-selected aria-pressed:text-accent-ink"
        >
          {chip.label}
        </Button>
      ))}
    </fieldset>
  );
}

function Pinned({ about }: { about: About }) {
  const t = useTranslations("timeline");
  const { slug } = useSession();
  const id = useId();
  const query = { kind: "note", is_pinned: true, ordering: "-happened_at" } as const;
  const { data = [] } = useQuery(activitiesQuery(slug, about, query));
  if (data.length === 0) return null;
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3 rounded-lg bg-sunken p-3">
      <h3 id={id} className="text-xs font-semibold text-muted">
        {t("pinned")}
      </h3>
      {data.slice(0, MAX_PINNED).map((activity) => (
        <ActivityCard key={activity.id} activity={activity} />
      ))}
    </section>
  );
}

function Moments({ about, kind }: { about: About; kind: Shown }) {
  const t = useTranslations("timeline");
  const format = useFormatter();
  const { slug, tenant } = useSession();
  const pinned = useQuery(
    activitiesQuery(slug, about, { kind: "note", is_pinned: true, ordering: "-happened_at" }),
  );
  const found = useInfiniteQuery(timelineQuery(slug, about, kind));
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = found;
  if (error && !data) return <ApiErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton aria-label={t("loading")} className="h-40 w-full" />;
  const moments = data.pages.flatMap((page) => page.results);
  if (moments.length === 0) {
    return (
      <p className="py-6 text-center text-sm text-muted">{t(kind === "" ? "empty" : "noMatch")}</p>
    );
  }
  const canPin = (pinned.data?.length ?? 0) < MAX_PINNED;
  return (
    <div className="flex flex-col gap-5">
      {byMonth(moments, tenant.timezone || "UTC").map(({ month, moments: own }) => (
        <MonthSection
          key={month}
          title={format.dateTime(new Date(`${month}-15T12:00:00Z`), {
            month: "long",
            year: "numeric",
          })}
        >
          {own.map((moment) => (
            <li key={moment.id}>
              <Entry moment={moment} canPin={canPin} />
            </li>
          ))}
        </MonthSection>
      ))}
      {hasNextPage ? (
        <Button
          className="self-center"
          busy={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t("older")}
        </Button>
      ) : null}
    </div>
  );
}

function MonthSection({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="pb-2 text-xs font-semibold text-muted">
        {title}
      </h3>
      <ol className="flex flex-col gap-3">{children}</ol>
    </section>
  );
}

function Entry({ moment, canPin }: { moment: Moment; canPin: boolean }) {
  if (moment.activity) return <ActivityCard activity={moment.activity} canPin={canPin} />;
  return moment.change ? <ChangeEntry change={moment.change} at={moment.at} /> : null;
}
