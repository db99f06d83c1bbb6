"use client";

import { useQuery } from "@tanstack/react-query";
import { Check, Plus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { tenantsQuery, useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { Menu, MenuGroup, MenuItem, MenuSeparator } from "@/ui/menu";
import { BusinessButton } from "./menu-buttons";
import { useSwitchBusiness } from "./use-switch-business";

interface BusinessSwitcherProps {
  isCollapsed: boolean;
  isOpenAtFirst: boolean;
}

export default function BusinessSwitcher({ isCollapsed, isOpenAtFirst }: BusinessSwitcherProps) {
  const t = useTranslations("shell.business");
  const { tenant } = useSession();
  const { data: tenants = [] } = useQuery(tenantsQuery);
  const switchTo = useSwitchBusiness();
  return (
    <Menu
      align="start"
      className="w-64"
      isOpenAtFirst={isOpenAtFirst}
      trigger={<BusinessButton isCollapsed={isCollapsed} />}
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
