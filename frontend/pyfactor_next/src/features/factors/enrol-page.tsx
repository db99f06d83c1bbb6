"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { tenantsQuery } from "@/features/session";
import { ProveAgainHost, useSignOut } from "@/features/shell";
import { Button } from "@/ui/button";
import { LinkButton } from "@/ui/link-button";
import { Logo } from "@/ui/logo";
import { FactorCards } from "./factor-cards";
import { factorsQuery } from "./queries";

/** Adds a second factor before anything of the business is open. Her other businesses stay so. */
export function EnrolPage({ business }: { business: string }) {
  const t = useTranslations("settings.factors");
  const { data: factors } = useQuery(factorsQuery);
  const { data: tenants = [] } = useQuery(tenantsQuery);
  const others = tenants.filter((tenant) => !tenant.is_active);
  const signOut = useSignOut();
  const isEnrolled =
    factors !== undefined && (factors.totp !== null || factors.passkeys.length > 0);
  return (
    <main className="flex min-h-dvh flex-col items-center bg-canvas px-4 py-10">
      <div className="flex w-full max-w-xl flex-col gap-5">
        <Logo className="mx-auto size-9" />
        <div className="text-center">
          <h1 className="text-xl font-semibold tracking-[-0.01em]">
            {t("enrolTitle", { business })}
          </h1>
          <p className="mt-1.5 text-sm text-balance text-muted">{t("enrolDescription")}</p>
        </div>
        <FactorCards />
        {isEnrolled ? (
          // A full load: everything that was refused is read anew.
          <Button variant="primary" size="lg" onClick={() => window.location.assign("/")}>
            {t("enrolContinue", { business })}
          </Button>
        ) : null}
        <div className="flex flex-col items-center gap-2 text-sm text-muted">
          {others.length > 0 ? (
            <p className="flex flex-wrap items-center justify-center gap-x-3 gap-y-1">
              {t("elsewhere")}
              {others.map((tenant) => (
                <LinkButton key={tenant.id} size="sm" href={`/${tenant.slug}`}>
                  {tenant.name}
                </LinkButton>
              ))}
            </p>
          ) : null}
          <Button
            variant="ghost"
            size="sm"
            busy={signOut.isPending}
            onClick={() => signOut.mutate()}
          >
            {t("signOut")}
          </Button>
        </div>
      </div>
      <ProveAgainHost />
    </main>
  );
}
