"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { ApiErrorState, useSession } from "@/features/session";
import { AlertDialog } from "@/ui/alert-dialog";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { CopyButton } from "@/ui/copy-button";
import { Skeleton } from "@/ui/skeleton";
import { Domains } from "./domains";
import { ProviderDialog } from "./provider-dialog";
import { type SingleSignOn, singleSignOnQuery } from "./queries";
import { useChange } from "./use-change";

/** How people of the business sign in by its own provider: an owner sets it up, admins see it. */
export function ProviderCard() {
  const { slug } = useSession();
  const { data, error, refetch } = useQuery(singleSignOnQuery(slug));
  if (error) return <ApiErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-44 rounded-lg" />;
  return <Shown settings={data} />;
}

function Shown({ settings }: { settings: SingleSignOn }) {
  const t = useTranslations("settings.singleSignOn");
  const { role } = useSession();
  const [isOpen, setOpen] = useState(false);
  const isOwner = role === "owner";
  return (
    <Card
      title={t("title")}
      description={t("description")}
      footer={
        isOwner ? (
          <>
            {settings.provider ? <Remove /> : null}
            <Button
              variant={settings.provider ? "secondary" : "primary"}
              onClick={() => setOpen(true)}
            >
              {settings.provider ? t("change") : t("setUp")}
            </Button>
          </>
        ) : null
      }
    >
      <div className="flex flex-col gap-5">
        {settings.provider ? <Facts settings={settings} provider={settings.provider} /> : null}
        <Redirect address={settings.redirect_uri} />
        <Domains domains={settings.domains} isOwner={isOwner} />
        {isOwner ? null : <p className="text-sm text-muted">{t("ownerOnly")}</p>}
      </div>
      {isOpen ? <ProviderDialog settings={settings} onClose={() => setOpen(false)} /> : null}
    </Card>
  );
}

interface FactsProps {
  settings: SingleSignOn;
  provider: NonNullable<SingleSignOn["provider"]>;
}

function Facts({ settings, provider }: FactsProps) {
  const t = useTranslations("settings.singleSignOn");
  const rows = [
    [t("issuer"), provider.issuer],
    [t("clientId"), provider.client_id],
  ] as const;
  return (
    <div className="flex flex-col gap-3">
      <p className="flex flex-wrap gap-2">
        <Badge tone={provider.is_enabled ? "success" : "neutral"}>
          {provider.is_enabled ? t("on") : t("off")}
        </Badge>
        {settings.is_required ? <Badge tone="info">{t("isRequired")}</Badge> : null}
        <Badge>{t(`newcomers.${provider.newcomers || "invited"}`)}</Badge>
      </p>
      <dl className="grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[auto_1fr]">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd dir="ltr" className="min-w-0 break-words text-start">
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Redirect({ address }: { address: string }) {
  const t = useTranslations("settings.singleSignOn");
  return (
    <div className="flex flex-col gap-1">
      <p className="text-sm font-medium">{t("redirect")}</p>
      <p className="text-xs text-muted">{t("redirectHint")}</p>
      <div className="flex items-center gap-2">
        <code dir="ltr" className="min-w-0 flex-1 rounded-md bg-sunken px-2 py-1 text-xs break-all">
          {address}
        </code>
        <CopyButton text={address} label={t("redirectCopy")} />
      </div>
    </div>
  );
}

function Remove() {
  const t = useTranslations("settings.singleSignOn");
  const [isOpen, setOpen] = useState(false);
  const remove = useChange(
    () => djangoApi.delete("/api/tenants/current/single-sign-on/"),
    t("removed"),
  );
  return (
    <>
      <Button variant="ghost" onClick={() => setOpen(true)}>
        {t("remove")}
      </Button>
      <AlertDialog
        open={isOpen}
        onOpenChange={setOpen}
        title={t("removeTitle")}
        description={t("removeDescription")}
        confirmLabel={t("remove")}
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate(undefined, { onSettled: () => setOpen(false) })}
      />
    </>
  );
}
