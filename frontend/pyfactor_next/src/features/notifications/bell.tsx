"use client";

import { Bell as Icon } from "lucide-react";
import { type ComponentProps, lazy } from "react";
import { useTranslations } from "use-intl";
import { IconButton } from "@/ui/icon-button";
import { Later } from "@/ui/later";

const BellMenu = lazy(() => import("./bell-menu"));
const MOST = 9;

/** Opens what one was told; shows how much of it is unread. */
export function BellButton({
  unread,
  ...rest
}: { unread: number } & Omit<ComponentProps<typeof IconButton>, "label" | "children">) {
  const t = useTranslations("shell.notifications");
  return (
    <IconButton label={t("bell", { count: unread })} size="icon-sm" {...rest}>
      <span className="relative">
        <Icon aria-hidden />
        {unread > 0 ? (
          <span
            aria-hidden
            className="tabular absolute -inset-e-2 -top-2 min-w-4 rounded-full bg-accent px-1 text-center text-2xs leading-4 font-semibold text-on-accent"
          >
            {unread > MOST ? `${MOST}+` : unread}
          </span>
        ) : null}
      </span>
    </IconButton>
  );
}

/** The bell. What it opens and what it counts come after the page. */
export function Bell() {
  return (
    <Later face={(press) => <BellButton unread={0} {...press} />}>
      {(wasPressed) => <BellMenu isOpenAtFirst={wasPressed} />}
    </Later>
  );
}
