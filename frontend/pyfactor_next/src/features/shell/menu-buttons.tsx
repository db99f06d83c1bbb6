"use client";

import { ChevronsUpDown, Ellipsis } from "lucide-react";
import type { ComponentProps } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { cn } from "@/ui/cn";
import { barItem } from "./bar-item";

type MenuButtonProps = ComponentProps<"button"> & { isCollapsed: boolean };

const face =
  "flex h-9 items-center gap-2 rounded-md px-1.5 text-start hover:bg-hover data-popup-open:bg-hover";

/** Opens the list of businesses. */
export function BusinessButton({ isCollapsed, ...rest }: MenuButtonProps) {
  const t = useTranslations("shell.business");
  const { tenant } = useSession();
  return (
    <button
      type="button"
      className={cn(face, "w-full", isCollapsed && "justify-center px-0")}
      {...rest}
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
  );
}

/** Opens the person's own menu. */
export function UserButton({ isCollapsed, ...rest }: MenuButtonProps) {
  const t = useTranslations("shell.user");
  const { user } = useSession();
  const name = user.name || user.email;
  return (
    <button
      type="button"
      className={cn(face, "min-w-0 flex-1", isCollapsed && "w-full flex-none justify-center px-0")}
      {...rest}
    >
      <Avatar name={name} />
      <span className="sr-only">{t("menu")}</span>
      {isCollapsed ? null : <span className="truncate text-sm text-muted">{name}</span>}
    </button>
  );
}

/** Opens the person's own menu on a phone. */
export function MoreButton(props: ComponentProps<"button">) {
  const t = useTranslations("shell");
  return (
    <button type="button" className={cn(barItem, "text-muted")} {...props}>
      <Ellipsis aria-hidden className="size-5" />
      {t("more")}
    </button>
  );
}
