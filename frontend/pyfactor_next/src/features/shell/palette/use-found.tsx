"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import {
  CalendarClock,
  CircleDollarSign,
  History,
  type LucideIcon,
  Mail,
  Phone,
  Search,
  SquareCheck,
  StickyNote,
} from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import type { components } from "@/api/schema";
import { recentRecords } from "@/features/recent";
import { useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { navigation } from "../navigation";
import type { Command, CommandGroup } from "./command";
import type { Typed } from "./typed";

type Found = components["schemas"]["Search"];
type Hit = components["schemas"]["Hit"];

/** Hits of one kind that are asked for, and of all kinds that are shown. */
const GROUP_LIMIT = 5;
const LIMIT = 10;

const ACTIVITY_ICONS: Record<string, LucideIcon> = {
  task: SquareCheck,
  call: Phone,
  meeting: CalendarClock,
  email: Mail,
  note: StickyNote,
};

/** Where the list of a kind is, for "all of them". */
const PAGES: Record<Hit["kind"], string> = {
  customer: "customers",
  contact: "contacts",
  deal: "deals",
  activity: "tasks",
};

export interface FoundGroups {
  groups: CommandGroup[];
  /** Whether these are for the text as it stands now, and not for an earlier one. */
  isFresh: boolean;
  isError: boolean;
}

/** What the text finds among the records; the last results stay until those of a newer text are there. */
export function useFound({ mode, text }: Typed): FoundGroups {
  const t = useTranslations("shell.palette");
  const { slug } = useSession();
  const isAsked = text !== "" && (mode === "all" || mode === "people" || mode === "numbers");
  const only = mode === "people" || mode === "numbers" ? mode : undefined;
  const result = useQuery({
    queryKey: [slug, "search", text, only],
    queryFn: ({ signal }) =>
      djangoApi.get("/api/search/", {
        query: { q: text, limit: GROUP_LIMIT, ...(only ? { only } : {}) },
        signal,
      }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  });
  if (!isAsked) return { groups: [], isFresh: true, isError: false };
  const found = result.data;
  const isFresh = !result.isPlaceholderData && (found !== undefined || result.isError);
  const all = (kind: Hit["kind"]): Command => ({
    id: `all-${kind}`,
    label: t("all", { kind: t(`kinds.${kind}`), text }),
    icon: <Search aria-hidden />,
    href: `/${slug}/${PAGES[kind]}?q=${encodeURIComponent(text)}`,
  });
  const hasPage = (kind: Hit["kind"]): boolean =>
    kind !== "activity" && navigation.some(({ path }) => path === PAGES[kind]);
  const groups = found
    ? shortened(found).map(({ kind, hits, has_more }) => ({
        id: `found-${kind}`,
        label: found.is_alike ? t("alike", { kind: t(`kinds.${kind}`) }) : t(`kinds.${kind}`),
        items: [
          ...hits.flatMap((hit) => commandsOf(hit, slug)),
          ...(has_more && hasPage(kind) && isFresh && mode === "all" ? [all(kind)] : []),
        ],
      }))
    : [];
  return { groups, isFresh, isError: result.isError };
}

/** Records opened lately, for the empty palette. */
export function useRecent(): CommandGroup {
  const t = useTranslations("shell.palette");
  const { user, slug } = useSession();
  const items = recentRecords(user.id, slug)
    .slice(0, GROUP_LIMIT)
    .map(
      ({ kind, id, title, line }): Command => ({
        id,
        label: title,
        note: line,
        icon: kind === "deal" ? <CircleDollarSign aria-hidden /> : face(kind, "", title),
        href: `/${slug}/${PAGES[kind]}/${id}`,
      }),
    );
  return { id: "found-recent", label: t("recent"), items };
}

/** At most LIMIT hits: the fullest group gives one away until they fit. */
function shortened({ groups }: Found): Found["groups"] {
  const kept = groups.map((group) => ({ ...group, hits: [...group.hits] }));
  const total = (): number => kept.reduce((sum, { hits }) => sum + hits.length, 0);
  while (total() > LIMIT) {
    const fullest = kept.reduce((a, b) => (b.hits.length >= a.hits.length ? b : a));
    fullest.hits.pop();
    fullest.has_more = true;
  }
  return kept;
}

/** None for what has no page to open: an activity about nothing that is still there. */
function commandsOf(hit: Hit, slug: string): Command[] {
  const place = placeOf(hit);
  if (place === undefined) return [];
  return [
    {
      id: hit.id,
      label: hit.title,
      note: hit.line,
      icon: face(hit.kind, hit.subkind, hit.title),
      href: `/${slug}/${place}`,
    },
  ];
}

/** Its own page; of an activity that of the record it is about. */
function placeOf({ kind, id, deal, customer, contact }: Hit): string | undefined {
  if (kind !== "activity") return `${PAGES[kind]}/${id}`;
  if (deal) return `${PAGES.deal}/${deal}`;
  if (customer) return `${PAGES.customer}/${customer}`;
  return contact ? `${PAGES.contact}/${contact}` : undefined;
}

function face(kind: Hit["kind"], subkind: string, title: string): ReactNode {
  if (kind === "deal") return <CircleDollarSign aria-hidden />;
  if (kind === "activity") {
    const Icon = ACTIVITY_ICONS[subkind] ?? History;
    return <Icon aria-hidden />;
  }
  const isBusiness = kind === "customer" && subkind !== "person";
  return <Avatar name={title} size="xs" shape={isBusiness ? "square" : "circle"} />;
}
