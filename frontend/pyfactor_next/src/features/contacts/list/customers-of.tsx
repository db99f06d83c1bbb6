"use client";

import { useQueries } from "@tanstack/react-query";
import Link from "next/link";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { linksOfPageQuery } from "../queries";
import type { Link as ContactLink, ContactRow } from "../types";

type LinksByContact = ReadonlyMap<string, readonly ContactLink[]>;

const Context = createContext<LinksByContact>(new Map());

interface CustomersOfProps {
  rows: readonly ContactRow[];
  children: ReactNode;
}

/** As many rows as a page of the list has. */
const PAGE_SIZE = 50;

/** Asks whom the contacts of each page stand for: one request for a page. */
export function CustomersOf({ rows, children }: CustomersOfProps) {
  const { slug } = useSession();
  const pages = useMemo(() => {
    const starts = Array.from(
      { length: Math.ceil(rows.length / PAGE_SIZE) },
      (_, n) => n * PAGE_SIZE,
    );
    return starts.map((start) => rows.slice(start, start + PAGE_SIZE).map(({ id }) => id));
  }, [rows]);
  const results = useQueries({
    queries: pages.map((ids) => linksOfPageQuery(slug, ids)),
    combine: (all) => all.flatMap(({ data }) => data ?? []),
  });
  const byContact = useMemo(() => {
    const found = new Map<string, ContactLink[]>();
    for (const link of results) {
      const known = found.get(link.contact);
      if (known) known.push(link);
      else found.set(link.contact, [link]);
    }
    return found;
  }, [results]);
  return <Context value={byContact}>{children}</Context>;
}

export function useCustomersOf(contactId: string): readonly ContactLink[] {
  return useContext(Context).get(contactId) ?? [];
}

/** The customer that a contact stands for, and how many others. */
export function CustomersCell({ contactId }: { contactId: string }) {
  const t = useTranslations("contacts.links");
  const { slug } = useSession();
  const [first, ...others] = useCustomersOf(contactId);
  if (!first) return null;
  return (
    <span className="flex min-w-0 items-baseline gap-1.5">
      <Link
        href={`/${slug}/customers/${first.customer}`}
        prefetch={false}
        tabIndex={-1}
        dir="auto"
        className="truncate underline-offset-4 hover:underline"
      >
        {first.customer_name}
      </Link>
      {others.length > 0 ? (
        <span
          className="tabular shrink-0 text-xs text-muted"
          title={others.map((link) => link.customer_name).join(", ")}
        >
          {t("more", { count: others.length })}
        </span>
      ) : null}
    </span>
  );
}
