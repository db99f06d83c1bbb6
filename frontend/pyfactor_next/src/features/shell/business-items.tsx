"use client";

import { useQuery } from "@tanstack/react-query";
import { Check, Plus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { tenantsQuery, useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { MenuGroup, MenuItem, MenuSeparator } from "@/ui/menu";
import { useSwitchBusiness } from "./use-switch-business";

/** The businesses of this person, as items of a menu; the one in use is ticked. */
export function BusinessItems() {
  const t = useTranslations("shell.business");
  const { tenant } = useSession();
  const { data: tenants = [] } = useQuery(tenantsQuery);
  const switchTo = useSwitchBusiness();
  return (
    <>
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
              {item.slug === tenant.slug ? <Check role="img" aria-label={t("current")} /> : null}
            </span>
          </MenuItem>
        ))}
      </MenuGroup>
      <MenuSeparator />
      <MenuItem icon={<Plus aria-hidden />} render={<Link href="/new-business" />}>
        {t("create")}
      </MenuItem>
    </>
  );
}
