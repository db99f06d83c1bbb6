"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "use-intl";
import { Confined, useSession } from "@/features/session";
import { FactorCards } from "./factor-cards";

const Connections = dynamic(() =>
  import("@/features/single-sign-on").then((feature) => feature.Connections),
);

/** What it takes to sign in as this person. */
export function SignInSettingsPage() {
  const t = useTranslations("settings.factors");
  const { isConfined } = useSession();
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-5 px-4 py-6 md:px-8">
      <div className="min-w-0">
        <h2 className="text-lg font-semibold">{t("title")}</h2>
        <p className="mt-0.5 text-sm text-muted">{t("description")}</p>
      </div>
      {isConfined ? (
        <Confined />
      ) : (
        <>
          <FactorCards />
          <Connections />
        </>
      )}
    </div>
  );
}
