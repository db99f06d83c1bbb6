"use client";

import { ChevronsLeft, ChevronsRight, Search } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { lazy, type ReactElement } from "react";
import { useTranslations } from "use-intl";
import { Bell } from "@/features/notifications";
import { useSession } from "@/features/session";
import { cn } from "@/ui/cn";
import { IconButton } from "@/ui/icon-button";
import { Kbd } from "@/ui/kbd";
import { Later } from "@/ui/later";
import { Tooltip } from "@/ui/tooltip";
import { BusinessButton, UserButton } from "./menu-buttons";
import { navigation } from "./navigation";

const BusinessSwitcher = lazy(() => import("./business-switcher"));
const FavouriteLinks = dynamic(() => import("@/features/favourites").then((m) => m.FavouriteLinks));
const UserMenu = lazy(() => import("./user-menu"));

interface SidebarProps {
  isCollapsed: boolean;
  onToggle: () => void;
  onSearch: () => void;
  onHelp: () => void;
}

const row = "flex h-8 items-center gap-2.5 rounded-md px-2 text-sm font-medium transition-colors";

/** 220 px, or 56 px of icons; phones have the bottom bar instead. */
export function Sidebar({ isCollapsed, onToggle, onSearch, onHelp }: SidebarProps) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const { slug } = useSession();
  const Toggle = isCollapsed ? ChevronsRight : ChevronsLeft;
  return (
    <nav
      aria-label={t("navigation")}
      className={cn(
        "hidden shrink-0 flex-col gap-1 p-3 transition-[width] duration-150 md:flex",
        isCollapsed ? "w-14 px-2" : "w-55",
      )}
    >
      <Later face={(press) => <BusinessButton isCollapsed={isCollapsed} {...press} />}>
        {(wasPressed) => <BusinessSwitcher isCollapsed={isCollapsed} isOpenAtFirst={wasPressed} />}
      </Later>
      <Labelled label={t("search")} keys="mod+k" isShown={isCollapsed}>
        <button
          type="button"
          onClick={onSearch}
          aria-label={isCollapsed ? t("search") : undefined}
          className={cn(
            row,
            "mt-2 mb-2 w-full bg-raised text-muted shadow-xs ring-1 ring-line ring-inset hover:text-ink",
            isCollapsed && "justify-center px-0",
          )}
        >
          <Search aria-hidden className="size-4" />
          {isCollapsed ? null : (
            <>
              <span className="flex-1 text-start font-normal">{t("search")}</span>
              <Kbd keys="mod+k" />
            </>
          )}
        </button>
      </Labelled>
      <ul className="flex flex-col gap-0.5">
        {navigation.map(({ name, path, icon: Icon, key }) => {
          const href = `/${slug}/${path}`;
          const isCurrent = pathname === href || pathname.startsWith(`${href}/`);
          return (
            <li key={name}>
              <Labelled label={t(name)} keys={`g ${key}`} isShown={isCollapsed}>
                <Link
                  href={href}
                  aria-label={isCollapsed ? t(name) : undefined}
                  aria-current={isCurrent ? "page" : undefined}
                  className={cn(
                    row,
                    isCollapsed && "justify-center px-0",
                    isCurrent ? "bg-hover text-ink" : "text-muted hover:bg-hover hover:text-ink",
                  )}
                >
                  <Icon aria-hidden className={cn("size-4", isCurrent && "text-accent-ink")} />
                  {isCollapsed ? null : t(name)}
                </Link>
              </Labelled>
            </li>
          );
        })}
      </ul>
      {isCollapsed ? null : <FavouriteLinks />}
      <div className={cn("mt-auto flex items-center gap-1", isCollapsed && "flex-col-reverse")}>
        <Later face={(press) => <UserButton isCollapsed={isCollapsed} {...press} />}>
          {(wasPressed) => (
            <UserMenu
              align="start"
              trigger={<UserButton isCollapsed={isCollapsed} />}
              isOpenAtFirst={wasPressed}
              onHelp={onHelp}
            />
          )}
        </Later>
        <Bell />
        <IconButton
          label={isCollapsed ? t("expand") : t("collapse")}
          keys="["
          size="icon-sm"
          onClick={onToggle}
        >
          <Toggle aria-hidden />
        </IconButton>
      </div>
    </nav>
  );
}

/** A tooltip only while the text itself is hidden. */
function Labelled(props: {
  label: string;
  keys: string;
  isShown: boolean;
  children: ReactElement<Record<string, unknown>>;
}) {
  if (!props.isShown) return props.children;
  return (
    <Tooltip label={props.label} keys={props.keys} side="inline-end">
      {props.children}
    </Tooltip>
  );
}
