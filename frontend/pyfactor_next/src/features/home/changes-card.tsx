"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useFormatter, useNow, useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { Card } from "@/ui/card";
import { Skeleton } from "@/ui/skeleton";
import { recordHref } from "./links";
import { type ChangeSet, changesQuery } from "./queries";

const ENTITIES = ["crm.customer", "crm.contact", "crm.deal", "crm.activity"] as const;
type Entity = (typeof ENTITIES)[number];

function isEntity(name: string): name is Entity {
  return (ENTITIES as readonly string[]).includes(name);
}

/** The last things that anybody did. */
export function ChangesCard() {
  const t = useTranslations("home.changes");
  const { slug } = useSession();
  const { data, isError } = useQuery(changesQuery(slug));
  return (
    <Card>
      <h2 className="mb-1 flex min-h-8 items-center text-base font-semibold">{t("title")}</h2>
      {data ? (
        <ul className="divide-y text-sm">
          {data.results.map((set) => (
            <Line key={set.id} set={set} />
          ))}
        </ul>
      ) : isError ? (
        <p className="text-sm text-muted">{t("failed")}</p>
      ) : (
        <div aria-busy className="flex flex-col gap-3 py-2">
          {["a", "b", "c", "d", "e"].map((key) => (
            <Skeleton key={key} className="h-6" />
          ))}
        </div>
      )}
      {data?.results.length === 0 ? <p className="text-sm text-muted">{t("none")}</p> : null}
    </Card>
  );
}

function Line({ set }: { set: ChangeSet }) {
  const t = useTranslations("home.changes");
  const format = useFormatter();
  const now = useNow();
  const actor = set.actor_name || t("nobody");
  const when = new Date(set.created_at);
  return (
    <li className="flex items-center gap-2.5 py-2">
      <Avatar name={actor} size="xs" />
      <p className="min-w-0 flex-1 truncate">
        <span className="font-medium">{actor}</span> <What set={set} />
      </p>
      <time
        dateTime={set.created_at}
        suppressHydrationWarning
        className="shrink-0 text-xs text-muted"
      >
        {format.relativeTime(when, now)}
      </time>
    </li>
  );
}

/** "changed Acme", or "added 40 customers and 12 contacts" where there are several. */
function What({ set }: { set: ChangeSet }) {
  const t = useTranslations("home.changes");
  const format = useFormatter();
  const { slug } = useSession();
  const verb = t(`operations.${set.summary[0]?.operation ?? "update"}`);
  const total = set.summary.reduce((sum, { count }) => sum + count, 0);
  const [record] = set.records;
  if (total === 1 && record) {
    const href = recordHref(slug, record.entity, record.record_id);
    const name = record.name || t("unnamed");
    return (
      <>
        {verb}{" "}
        {href ? (
          <Link href={href} prefetch={false} className="underline-offset-4 hover:underline">
            {name}
          </Link>
        ) : (
          name
        )}
      </>
    );
  }
  const counts = new Map<string, number>();
  for (const { entity, count } of set.summary) {
    const name = isEntity(entity) ? entity.replace("crm.", "") : "record";
    counts.set(name, (counts.get(name) ?? 0) + count);
  }
  const parts = [...counts].map(([name, count]) => t(`entities.${name as "record"}`, { count }));
  return `${verb} ${format.list(parts)}`;
}
