"use client";

import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { isApiError } from "@/api";
import { FormAlert } from "@/ui/field";
import { LinkButton } from "@/ui/link-button";
import { Skeleton } from "@/ui/skeleton";
import { AuthCard } from "./auth-card";
import { comeBack } from "./single-sign-on";

/** Where a business's provider sends its people back to. The answer in the address is worth one use. */
export function SingleSignOnReturn({ business }: { business: string }) {
  const t = useTranslations("auth.singleSignOn");
  const [error, setError] = useState<unknown>();
  const isSent = useRef(false);
  useEffect(() => {
    // React runs effects twice in development.
    if (isSent.current) return;
    isSent.current = true;
    const answer = new URLSearchParams(window.location.search);
    // Out of the address bar, and of whatever is copied from it.
    window.history.replaceState(null, "", window.location.pathname);
    // A full load: the server draws the page for the new session.
    comeBack(business, answer).then((next) => window.location.assign(next), setError);
  }, [business]);
  const isKnown = isApiError(error) && (error.status < 500 || error.code === "provider_failed");
  return (
    <AuthCard title={t("title")}>
      {error === undefined ? (
        <div aria-busy className="flex flex-col gap-3">
          <p className="text-sm text-muted">{t("returning")}</p>
          <Skeleton className="h-10" />
        </div>
      ) : (
        <div className="flex flex-col gap-4">
          <FormAlert>{isKnown ? error.message : t("failed")}</FormAlert>
          <LinkButton variant="primary" size="lg" href="/sign-in/single-sign-on">
            {t("again")}
          </LinkButton>
          <LinkButton size="lg" href="/sign-in">
            {t("back")}
          </LinkButton>
        </div>
      )}
    </AuthCard>
  );
}
