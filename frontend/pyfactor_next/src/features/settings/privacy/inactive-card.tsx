"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Card } from "@/ui/card";
import { inactiveQuery } from "./queries";
import { useEntityName } from "./words";

const PATHS: Readonly<Record<string, string>> = {
  "crm.customer": "customers",
  "crm.contact": "contacts",
};
const SHOWN = 5;

/** Of whom nothing was heard for longer than the business has set; nothing without such a rule. */
export function InactiveCard() {
  const t = useTranslations("settings.privacy.inactive");
  const format = useFormatter();
  const nameOf = useEntityName();
  const { slug } = useSession();
  const { data } = useQuery(inactiveQuery(slug));
  const groups = (data ?? []).filter((group) => group.count > 0);
  if (groups.length === 0) return null;
  return (
    <Card title={t("title")} description={t("description")}>
      <div className="flex flex-col gap-4">
        {groups.map((group) => (
          <div key={group.entity}>
            <h3 className="text-sm font-semibold">
              {t("group", { name: nameOf(group.entity), count: group.count })}
            </h3>
            <ul className="mt-1.5 flex flex-col gap-1 text-sm">
              {group.records.slice(0, SHOWN).map((record) => (
                <li key={record.id} className="flex flex-wrap justify-between gap-2">
                  <Link
                    href={`/${slug}/${PATHS[group.entity]}/${record.id}`}
                    className="text-accent-ink underline underline-offset-4"
                  >
                    {record.name}
                  </Link>
                  <span className="text-muted">
                    {format.dateTime(new Date(record.heard_at), { dateStyle: "medium" })}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </Card>
  );
}
