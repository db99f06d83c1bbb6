"use client";

import { Search } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { lazy } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { cn } from "@/ui/cn";
import { Later } from "@/ui/later";
import { barItem } from "./bar-item";
import { MoreButton } from "./menu-buttons";
import { phoneBar } from "./navigation";

const UserMenu = lazy(() => import("./user-menu"));

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
      <button type="button" onClick={onSearch} className={cn(barItem, "text-muted")}>
        <Search aria-hidden className="size-5" />
        {t("search")}
      </button>
      {phoneBar.map(({ name, path, icon: Icon }) => {
        const href = `/${slug}/${path}`;
        const isCurrent = pathname === href || pathname.startsWith(`${href}/`);
        return (
          <Link
            key={name}
            href={href}
            aria-current={isCurrent ? "page" : undefined}
            className={cn(barItem, isCurrent ? "text-accent-ink" : "text-muted")}
          >
            <Icon aria-hidden className="size-5" />
            {t(name)}
          </Link>
        );
      })}
      <Later face={(press) => <MoreButton {...press} />}>
        {(wasPressed) => (
          <UserMenu
            align="end"
            isOnPhone
            trigger={<MoreButton />}
            isOpenAtFirst={wasPressed}
            onHelp={onHelp}
          />
        )}
      </Later>
    </nav>
  );
}
