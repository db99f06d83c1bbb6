"use client";

import { Merge, Split } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { Badge, type BadgeTone } from "@/ui/badge";
import { Button } from "@/ui/button";
import { certaintyOf } from "./reasons";
import type { Candidate, DuplicateResource, Pair, Reason, Side as SideData } from "./types";

const TONES = {
  certain: "success",
  likely: "accent",
  possible: "neutral",
} as const satisfies Record<string, BadgeTone>;

interface PairCardProps<C extends Candidate, S extends SideData> {
  resource: DuplicateResource<C, S>;
  pair: Pair<S>;
  onMerge: () => void;
  onApart: () => void;
}

/** Two records that may be one: what each is, what speaks for it, and the two ways to settle it. */
export function PairCard<C extends Candidate, S extends SideData>(props: PairCardProps<C, S>) {
  const { resource, pair, onMerge, onApart } = props;
  const t = useTranslations("records.duplicates.report");
  const { canWrite } = useSession();
  const { first, second } = pair;
  const certainty = certaintyOf(pair.score);
  const names = { first: first.display_name, second: second.display_name };
  return (
    <li
      data-pair={pair.id}
      className="flex flex-col gap-3 rounded-lg bg-raised p-3 shadow-xs ring-1 ring-line"
    >
      <div className="flex flex-wrap items-center gap-1.5">
        <Badge tone={TONES[certainty]}>{t(`certainty.${certainty}`)}</Badge>
        {pair.reasons.map((reason) => (
          <ReasonBadge key={reason.code} reason={reason} />
        ))}
      </div>
      <div className="grid gap-2 md:grid-cols-2">
        <Side resource={resource} side={first} other={second} />
        <Side resource={resource} side={second} other={first} />
      </div>
      {canWrite ? (
        <div className="flex flex-wrap justify-end gap-2">
          <Button size="sm" variant="ghost" aria-label={t("apartNamed", names)} onClick={onApart}>
            <Split aria-hidden />
            {t("apart")}
          </Button>
          <Button size="sm" aria-label={t("mergeNamed", names)} onClick={onMerge}>
            <Merge aria-hidden />
            {t("merge")}
          </Button>
        </div>
      ) : null}
    </li>
  );
}

function ReasonBadge({ reason: { code, weight } }: { reason: Reason }) {
  const t = useTranslations("records.duplicates");
  return (
    <Badge tone={weight < 0 ? "warning" : "neutral"}>
      {t(`reasons.${code}`)}
      <span className="tabular">{t("report.weight", { weight })}</span>
    </Badge>
  );
}

interface SideProps<C extends Candidate, S extends SideData> {
  resource: DuplicateResource<C, S>;
  side: S;
  other: S;
}

/** What both have alike is set off, so that the eye finds it. */
function Side<C extends Candidate, S extends SideData>(props: SideProps<C, S>) {
  const { resource, side, other } = props;
  const t = useTranslations("records.duplicates.report");
  const format = useFormatter();
  const { slug } = useSession();
  const others = resource.facts(other);
  const note = resource.noteOfSide(side);
  return (
    <div className="min-w-0 rounded-md bg-surface p-2.5 text-sm ring-1 ring-line">
      <div className="flex items-center gap-2">
        <Avatar name={side.display_name} shape={resource.shape(side)} />
        <div className="min-w-0">
          <Link
            href={`/${slug}/${resource.name}/${side.id}`}
            prefetch={false}
            className="block truncate font-medium hover:underline"
          >
            {side.display_name}
          </Link>
          <p className="text-xs text-muted" suppressHydrationWarning>
            {note ? <span className="tabular">{note} · </span> : null}
            {t("since", {
              when: format.dateTime(new Date(side.created_at), { dateStyle: "medium" }),
            })}
          </p>
        </div>
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-3 gap-y-0.5 text-xs">
        {Object.entries(resource.facts(side)).map(([name, text]) =>
          text ? (
            <li
              key={name}
              className={text === others[name] ? "font-medium text-ink" : "text-muted"}
            >
              {text}
            </li>
          ) : null,
        )}
      </ul>
    </div>
  );
}
