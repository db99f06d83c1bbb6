"use client";

import { useQuery } from "@tanstack/react-query";
import { Check, ChevronsUpDown, Plus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { tenantsQuery, useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { cn } from "@/ui/cn";
import { Menu, MenuGroup, MenuItem, MenuSeparator } from "@/ui/menu";
import { useSwitchBusiness } from "./use-switch-business";

export function BusinessSwitcher({ isCollapsed }: { isCollapsed: boolean }) {
  const t = useTranslations("shell.business");
  const { tenant } = useSession();
  const { data: tenants = [] } = useQuery(tenantsQuery);
  const switchTo = useSwitchBusiness();
  return (
    <Menu
      align="start"
      className="w-64"
      trigger={
        <button
          type="button"
          className={cn(
            "flex h-9 w-full items-center gap-2 rounded-md px-1.5 text-left hover:bg-hover data-popup-open:bg-hover",
            isCollapsed && "justify-center px-0",
          )}
        >
          <Avatar name={tenant.name} shape="square" />
          <span className="sr-only">{t("label")}</span>
          {isCollapsed ? (
            <span className="sr-only">{tenant.name}</span>
          ) : (
            <>
              <span className="min-w-0 flex-1 truncate text-sm font-semibold">{tenant.name}</span>
              <ChevronsUpDown aria-hidden className="size-3.5 text-faint" />
            </>
          )}
        </button>
      }
    >
      <MenuGroup label={t("yours")}>
        {tenants.map((item) => (
          <MenuItem
            key={item.id}
            icon={<Avatar name={item.name} size="xs" shape="square" />}
            onClick={() => {
              if (item.slug !== tenant.slug) switchTo.mutate(item.slug);
            }}
          >
            <span className="flex items-center justify-between gap-2">
              <span className="truncate">{item.name}</span>
              {item.slug === tenant.slug ? <Check aria-hidden /> : null}
            </span>
          </MenuItem>
        ))}
      </MenuGroup>
      <MenuSeparator />
      <MenuItem icon={<Plus aria-hidden />} render={<Link href="/new-business" />}>
        {t("create")}
      </MenuItem>
    </Menu>
  );
}
