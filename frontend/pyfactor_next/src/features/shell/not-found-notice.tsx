"use client";

import { useTranslations } from "use-intl";
import { LinkButton } from "@/ui/link-button";

/** Not there or not yours: the two look the same on purpose. */
export function NotFoundNotice() {
  const t = useTranslations("common.notFoundPage");
  return (
    <>
      <p className="text-sm font-medium text-muted">404</p>
      <h1 className="mt-2 text-xl font-semibold">{t("title")}</h1>
      <p className="mt-1 max-w-sm text-sm text-muted">{t("description")}</p>
      <LinkButton href="/" prefetch={false} variant="primary" className="mt-6">
        {t("home")}
      </LinkButton>
    </>
  );
}
