"use client";

import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { LinkButton } from "@/ui/link-button";
import { Logo } from "@/ui/logo";
import { useSwitchBusiness } from "./use-switch-business";

/** The address is of another business of this person: switching is her choice, never silent. */
export function ElsewherePage({ name, slug, path }: { name: string; slug: string; path: string }) {
  const t = useTranslations("shell.business.elsewhere");
  const switchTo = useSwitchBusiness(path);
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center bg-canvas px-6 text-center">
      <Logo className="size-10" />
      <h1 className="mt-5 text-xl font-semibold">{t("title", { name })}</h1>
      <p className="mt-1 text-sm text-muted">{t("description")}</p>
      <div className="mt-6 flex max-w-full flex-wrap justify-center gap-2">
        <LinkButton href="/" prefetch={false}>
          {t("stay")}
        </LinkButton>
        <Button
          variant="primary"
          busy={switchTo.isPending}
          onClick={() => switchTo.mutate(slug)}
          className="max-w-full"
        >
          <span className="truncate">{t("switch", { name })}</span>
        </Button>
      </div>
    </main>
  );
}
