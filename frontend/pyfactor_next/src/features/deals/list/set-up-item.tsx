"use client";

import { Settings2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { MenuItem } from "@/ui/menu";

/** To the pipelines' own page, for those who may change them. */
export function SetUpItem({ slug }: { slug: string }) {
  const t = useTranslations("deals.menu");
  const { canAdminister } = useSession();
  if (!canAdminister) return null;
  return (
    <MenuItem
      icon={<Settings2 aria-hidden />}
      render={<Link href={`/${slug}/settings/pipelines`} prefetch={false} />}
    >
      {t("setUp")}
    </MenuItem>
  );
}
