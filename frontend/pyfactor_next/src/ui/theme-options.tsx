"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "use-intl";

/** Light, dark, or as the system says: for a menu or a form. */
export function useThemeOptions() {
  const t = useTranslations("ui.theme");
  return [
    { value: "system", label: t("system"), icon: <Monitor aria-hidden /> },
    { value: "light", label: t("light"), icon: <Sun aria-hidden /> },
    { value: "dark", label: t("dark"), icon: <Moon aria-hidden /> },
  ] as const;
}
