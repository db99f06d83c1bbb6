"use client";

import { Ellipsis, Keyboard, Search, UserRound } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { cn } from "@/ui/cn";
import { Menu, MenuItem, MenuSeparator } from "@/ui/menu";
import { navigation } from "./navigation";
import { SignOutItem, ThemeChoice } from "./user-menu";

const cell = "flex h-14 flex-1 flex-col items-center justify-center gap-0.5 text-2xs font-medium";

/** The navigation of a phone. */
export function BottomBar({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const { slug } = useSession();
  return (
    <nav
      aria-label={t("navigation")}
      className="flex shrink-0 border-t bg-canvas pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <Tab
        onClick={onSearch}
        label={t("search")}
        icon={<Search aria-hidden className="size-5" />}
      />
      {navigation.map(({ name, path, icon: Icon }) => {
        const href = `/${slug}/${path}`;
        const isCurrent = pathname.startsWith(href);
        return (
          <Link
            key={name}
            href={href}
            aria-current={isCurrent ? "page" : undefined}
            className={cn(cell, isCurrent ? "text-accent-ink" : "text-muted")}
          >
            <Icon aria-hidden className="size-5" />
            {t(name)}
          </Link>
        );
      })}
      <Menu
        side="top"
        className="w-60"
        trigger={
          <button type="button" className={cn(cell, "text-muted")}>
            <Ellipsis aria-hidden className="size-5" />
            {t("more")}
          </button>
        }
      >
        <MenuItem
          icon={<UserRound aria-hidden />}
          render={<Link href={`/${slug}/settings/profile`} />}
        >
          {t("user.profile")}
        </MenuItem>
        <MenuItem icon={<Keyboard aria-hidden />} onClick={onHelp}>
          {t("user.shortcuts")}
        </MenuItem>
        <MenuSeparator />
        <ThemeChoice />
        <MenuSeparator />
        <SignOutItem />
      </Menu>
    </nav>
  );
}

function Tab({ label, icon, onClick }: { label: string; icon: ReactNode; onClick: () => void }) {
  return (
    <button type="button" onClick={onClick} className={cn(cell, "text-muted")}>
      {icon}
      {label}
    </button>
  );
}
