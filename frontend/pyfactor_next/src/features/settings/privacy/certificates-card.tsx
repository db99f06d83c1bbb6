"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { ApiErrorState, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Dialog } from "@/ui/dialog";
import { Skeleton } from "@/ui/skeleton";
import { CountList } from "./count-list";
import { type Certificate, certificatesQuery } from "./queries";

/** What was erased, when and by whom. None of it says whose data it was. */
export function CertificatesCard() {
  const t = useTranslations("settings.privacy.certificates");
  const format = useFormatter();
  const { slug } = useSession();
  const [shown, setShown] = useState<Certificate>();
  const { data, error, refetch } = useQuery(certificatesQuery(slug));
  if (error) return <ApiErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-28 rounded-lg" />;
  return (
    <Card title={t("title")} description={t("description")}>
      {data.length === 0 ? <p className="text-sm text-muted">{t("empty")}</p> : null}
      <ul className="flex flex-col gap-2">
        {data.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center justify-between gap-2 text-sm">
            <span>
              {t("entry", {
                when: format.dateTime(new Date(one.created_at), {
                  dateStyle: "medium",
                  timeStyle: "short",
                }),
                name: one.actor_name,
              })}
            </span>
            <Button size="sm" onClick={() => setShown(one)}>
              {t("show")}
            </Button>
          </li>
        ))}
      </ul>
      {shown ? <CertificateDialog shown={shown} onClose={() => setShown(undefined)} /> : null}
    </Card>
  );
}

function CertificateDialog({ shown, onClose }: { shown: Certificate; onClose: () => void }) {
  const t = useTranslations("settings.privacy.certificates");
  const format = useFormatter();
  const when = format.dateTime(new Date(shown.created_at), {
    dateStyle: "long",
    timeStyle: "medium",
  });
  const file = `data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(shown, null, 2))}`;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("one")}
      description={t("entry", { when, name: shown.actor_name })}
      footer={
        <a
          href={file}
          download={`erasure-${shown.id}.json`}
          className="text-sm text-accent-ink underline underline-offset-4"
        >
          {t("download")}
        </a>
      }
    >
      <div className="flex flex-col gap-4">
        <CountList counts={shown.counts} left={shown.left} />
        <dl className="flex flex-col gap-2 text-sm">
          <Value label={t("number")} value={shown.id} />
          <Value label={t("place")} value={shown.change_set ?? "–"} />
          <Value label={t("digest")} value={shown.subject_digest} />
        </dl>
      </div>
    </Dialog>
  );
}

function Value({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt className="text-muted">{label}</dt>
      <dd>
        <code dir="ltr" className="text-xs break-all">
          {value}
        </code>
      </dd>
    </div>
  );
}
