"use client";

import { Keyboard, LogOut, UserRound } from "lucide-react";
import Link from "next/link";
import type { ReactElement } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Menu, MenuChoice, MenuGroup, MenuItem, MenuSeparator } from "@/ui/menu";
import { chooseTheme, useTheme } from "@/ui/theme";
import { useThemeOptions } from "@/ui/theme-options";
import { BusinessItems } from "./business-items";
import { phoneMore } from "./navigation";
import { useSignOut } from "./use-sign-out";

interface UserMenuProps {
  trigger: ReactElement;
  align: "start" | "end";
  isOpenAtFirst: boolean;
  /** There it also holds what has no room in the bar: the other pages, and the other businesses. */
  isOnPhone?: boolean;
  onHelp: () => void;
}

/** What is the person's own: profile, keys, appearance, signing out. */
export default function UserMenu(props: UserMenuProps) {
  const { trigger, align, isOpenAtFirst, isOnPhone = false, onHelp } = props;
  const t = useTranslations("shell.user");
  const { user, slug } = useSession();
  const signOut = useSignOut();
  return (
    <Menu side="top" align={align} className="w-60" isOpenAtFirst={isOpenAtFirst} trigger={trigger}>
      <div className="px-2 py-1.5">
        <p className="truncate text-sm font-medium">{user.name || user.email}</p>
        <p className="truncate text-xs text-muted">{user.email}</p>
      </div>
      <MenuSeparator />
      {isOnPhone ? (
        <>
          <OtherPages />
          <MenuSeparator />
          <BusinessItems />
          <MenuSeparator />
        </>
      ) : null}
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
      <MenuItem icon={<LogOut aria-hidden />} onClick={() => signOut.mutate()}>
        {t("signOut")}
      </MenuItem>
    </Menu>
  );
}

function OtherPages() {
  const t = useTranslations("shell");
  const { slug } = useSession();
  return phoneMore.map(({ name, path, icon: Icon }) => (
    <MenuItem key={name} icon={<Icon aria-hidden />} render={<Link href={`/${slug}/${path}`} />}>
      {t(name)}
    </MenuItem>
  ));
}

/** Light, dark, or as the system says. */
function ThemeChoice() {
  const t = useTranslations("ui.theme");
  return (
    <MenuGroup label={t("title")}>
      <MenuChoice
        label={t("title")}
        value={useTheme()}
        onValueChange={chooseTheme}
        options={useThemeOptions()}
      />
    </MenuGroup>
  );
}
