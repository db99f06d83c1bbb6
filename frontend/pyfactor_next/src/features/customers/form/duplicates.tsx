"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Control, useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { Button } from "@/ui/button";
import { LinkButton } from "@/ui/link-button";
import { searchablePhone } from "../phone";
import { lookupQuery } from "../queries";
import type { CustomerRow, CustomerValues } from "../types";
import { useDebounced } from "../use-debounced";
import { displayName } from "../values";
import { type Candidate, findCandidates } from "./candidates";

const LOOKUP_MS = 300;
const SHORTEST_NAME = 3;

interface DuplicatesProps {
  control: Control<CustomerValues>;
  /** Gives up creating and goes on with this one. */
  onUse: (id: string) => void;
}

/** Customers that may be the one being entered, found by name, e-mail and phone while typing. */
export function Duplicates({ control, onUse }: DuplicatesProps) {
  const t = useTranslations("customers.duplicates");
  const { slug } = useSession();
  const [ignored, setIgnored] = useState<readonly string[]>([]);
  const values = useWatch({ control }) as CustomerValues;
  const name = displayName(values).trim();
  const asked = useDebounced(
    JSON.stringify([
      name.length >= SHORTEST_NAME ? name : "",
      /.@./.test(values.email) ? values.email.trim() : "",
      searchablePhone(values.phone),
    ]),
    LOOKUP_MS,
  );
  const [byName = "", byEmail = "", byPhone = ""] = JSON.parse(asked) as string[];
  const found = [
    useQuery(lookupQuery(slug, byEmail)).data,
    useQuery(lookupQuery(slug, byPhone)).data,
    useQuery(lookupQuery(slug, byName)).data,
  ].flatMap((rows): CustomerRow[] => rows ?? []);
  const candidates = findCandidates(found, { name: byName, email: byEmail, phone: byPhone }).filter(
    ({ row }) => !ignored.includes(row.id),
  );
  // The region is there before anything appears in it, so that it is read out when something does.
  return (
    <section aria-live="polite" aria-label={t("label")} className="empty:hidden">
      {candidates.length > 0 ? (
        <div className="rounded-lg bg-warning-soft p-3 text-sm ring-1 ring-line">
          <div className="flex items-center justify-between gap-2">
            <p className="font-medium text-warning-ink">{t("title")}</p>
            <Button
              size="sm"
              variant="ghost"
              onClick={() => setIgnored([...ignored, ...candidates.map(({ row }) => row.id)])}
            >
              {t("createAnyway")}
            </Button>
          </div>
          <ul className="mt-1.5 flex flex-col gap-1">
            {candidates.map((candidate) => (
              <Row key={candidate.row.id} candidate={candidate} onUse={onUse} />
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  );
}

function Row({ candidate, onUse }: { candidate: Candidate; onUse: (id: string) => void }) {
  const t = useTranslations("customers.duplicates");
  const { slug } = useSession();
  const { row, reason } = candidate;
  const detail = [row.account_number, row.billing_city, row.email].filter(Boolean).join(" · ");
  return (
    <li className="flex items-center gap-2 rounded-md bg-raised py-1.5 pe-1.5 ps-2 ring-1 ring-line">
      <Avatar name={row.display_name} shape={row.kind === "business" ? "square" : "circle"} />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{row.display_name}</p>
        <p className="truncate text-xs text-muted">
          {t(`reasons.${reason}`)} · {detail}
        </p>
      </div>
      <LinkButton
        href={`/${slug}/customers/${row.id}`}
        target="_blank"
        prefetch={false}
        size="sm"
        variant="ghost"
      >
        {t("open")}
      </LinkButton>
      <Button size="sm" onClick={() => onUse(row.id)}>
        {t("use")}
      </Button>
    </li>
  );
}
