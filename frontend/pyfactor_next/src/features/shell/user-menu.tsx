"use client";

import { Keyboard, LogOut, Monitor, Moon, Sun, UserRound } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { cn } from "@/ui/cn";
import { Menu, MenuChoice, MenuGroup, MenuItem, MenuSeparator } from "@/ui/menu";
import { chooseTheme, useTheme } from "@/ui/theme";
import { useSignOut } from "./use-sign-out";

export function UserMenu({ isCollapsed, onHelp }: { isCollapsed: boolean; onHelp: () => void }) {
  const t = useTranslations("shell.user");
  const { user, slug } = useSession();
  const name = user.name || user.email;
  return (
    <Menu
      side="top"
      align="start"
      className="w-60"
      trigger={
        <button
          type="button"
          className={cn(
            "flex h-9 min-w-0 flex-1 items-center gap-2 rounded-md px-1.5 text-left hover:bg-hover data-popup-open:bg-hover",
            isCollapsed && "w-full flex-none justify-center px-0",
          )}
        >
          <Avatar name={name} />
          <span className="sr-only">{t("menu")}</span>
          {isCollapsed ? null : <span className="truncate text-sm text-muted">{name}</span>}
        </button>
      }
    >
      <div className="px-2 py-1.5">
        <p className="truncate text-sm font-medium">{name}</p>
        <p className="truncate text-xs text-muted">{user.email}</p>
      </div>
      <MenuSeparator />
      <MenuItem
        icon={<UserRound aria-hidden />}
        render={<Link href={`/${slug}/settings/profile`} />}
      >
        {t("profile")}
      </MenuItem>
      <MenuItem icon={<Keyboard aria-hidden />} keys="?" onClick={onHelp}>
        {t("shortcuts")}
      </MenuItem>
      <MenuSeparator />
      <ThemeChoice />
      <MenuSeparator />
      <SignOutItem />
    </Menu>
  );
}

/** Light, dark, or as the system says. */
export function ThemeChoice() {
  const t = useTranslations("shell.user");
  const theme = useTheme();
  return (
    <MenuGroup label={t("theme")}>
      <MenuChoice
        label={t("theme")}
        value={theme}
        onValueChange={chooseTheme}
        options={[
          { value: "system", label: t("system"), icon: <Monitor aria-hidden /> },
          { value: "light", label: t("light"), icon: <Sun aria-hidden /> },
          { value: "dark", label: t("dark"), icon: <Moon aria-hidden /> },
        ]}
      />
    </MenuGroup>
  );
}

export function SignOutItem() {
  const t = useTranslations("shell.user");
  const signOut = useSignOut();
  return (
    <MenuItem icon={<LogOut aria-hidden />} onClick={() => signOut.mutate()}>
      {t("signOut")}
    </MenuItem>
  );
}
