"use client";

import { useQuery } from "@tanstack/react-query";
import {
  Building2,
  CircleDollarSign,
  ContactRound,
  LayoutList,
  type LucideIcon,
  X,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import { type Favourite, type FavouriteKind, favouritesQuery } from "./queries";
import { useFavourite } from "./use-favourite";

const icons: Record<FavouriteKind, LucideIcon> = {
  customer: Building2,
  contact: ContactRound,
  deal: CircleDollarSign,
  view: LayoutList,
};
const kinds = Object.keys(icons) as FavouriteKind[];

/** One's favourites in the sidebar; nothing while there are none. */
export function FavouriteLinks() {
  const t = useTranslations("shell.favourites");
  const { slug } = useSession();
  const { data = [] } = useQuery(favouritesQuery(slug));
  if (data.length === 0) return null;
  return (
    <section aria-label={t("title")} className="mt-4 flex min-h-0 flex-col">
      <h2 className="px-2 pb-1 text-xs font-medium text-muted">{t("title")}</h2>
      <ul className="flex flex-col gap-0.5 overflow-y-auto">
        {data.map((favourite) => (
          <FavouriteLink key={favourite.id} favourite={favourite} slug={slug} />
        ))}
      </ul>
    </section>
  );
}

function FavouriteLink({ favourite, slug }: { favourite: Favourite; slug: string }) {
  const t = useTranslations("shell.favourites");
  const kind = kinds.find((each) => favourite[each] !== null) ?? "view";
  const id = favourite[kind] ?? "";
  const { toggle } = useFavourite(kind, id);
  const { name } = favourite;
  const href =
    kind === "view" ? `/${slug}/${favourite.view_entity}s?pinned=${id}` : `/${slug}/${kind}s/${id}`;
  const isCurrent = usePathname() === href;
  const Icon = icons[kind];
  return (
    <li
      className={cn(
        "group flex h-8 items-center rounded-md text-sm hover:bg-hover",
        isCurrent && "bg-hover",
      )}
    >
      <Link
        href={href}
        prefetch={false}
        aria-current={isCurrent ? "page" : undefined}
        className={cn(
          "flex h-8 min-w-0 flex-1 items-center gap-2.5 rounded-md px-2",
          isCurrent ? "text-ink" : "text-muted group-hover:text-ink",
        )}
      >
        <Icon aria-hidden className="size-4 shrink-0" />
        <span className="truncate">{name}</span>
      </Link>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={t("removeNamed", { name })}
        onClick={toggle}
        className="me-0.5 opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
      >
        <X aria-hidden />
      </Button>
    </li>
  );
}
