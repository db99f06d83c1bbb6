"use client";

import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { useErrorToast } from "@/features/session";
import { Badge, type BadgeTone } from "@/ui/badge";
import { Button } from "@/ui/button";
import { CopyButton } from "@/ui/copy-button";
import { Progress } from "@/ui/progress";
import { type BusinessExport, download, isMaking } from "./queries";
import { sizeOf } from "./size";

const TONES: Record<BusinessExport["status"], BadgeTone> = {
  queued: "info",
  running: "info",
  ready: "success",
  failed: "danger",
  expired: "neutral",
};

/** One file: how far it is, or what it is and how to get it. */
export function ExportRow({ item }: { item: BusinessExport }) {
  const t = useTranslations("settings.yourData.files");
  const format = useFormatter();
  const when = (instant: string) =>
    format.dateTime(new Date(instant), { dateStyle: "medium", timeStyle: "short" });
  return (
    <li className="flex flex-col gap-3 px-5 py-4 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">{when(item.created_at)}</span>
        <Badge tone={TONES[item.status]}>{t(`status.${item.status}`)}</Badge>
        {item.created_by_name ? (
          <span className="text-muted">{t("by", { name: item.created_by_name })}</span>
        ) : null}
        {item.status === "ready" ? (
          <DownloadButton id={item.id} when={when(item.created_at)} />
        ) : null}
      </div>
      {isMaking(item) ? <Making item={item} /> : null}
      {item.error ? <Reason error={item.error} /> : null}
      {item.sha256 ? <Facts item={item} when={when} /> : null}
    </li>
  );
}

function DownloadButton({ id, when }: { id: string; when: string }) {
  const t = useTranslations("settings.yourData.files");
  const showError = useErrorToast();
  const fetching = useMutation({
    mutationFn: () => download(id),
    onError: (error) => showError(error, t("downloadFailed")),
  });
  return (
    <Button
      className="ms-auto"
      aria-label={t("downloadOf", { when })}
      busy={fetching.isPending}
      onClick={() => fetching.mutate()}
    >
      <Download aria-hidden />
      {t("download")}
    </Button>
  );
}

function Making({ item }: { item: BusinessExport }) {
  const t = useTranslations("settings.yourData.files");
  const { done, total } = item.progress;
  return (
    <Progress
      label={t(total > 0 ? "writing" : "waiting")}
      done={done}
      total={total}
      {...(total > 0 ? { valueText: t("progress", { done, total }) } : {})}
    />
  );
}

const REASONS = ["no_room", "not_owner", "lost", "forgotten"] as const;

function Reason({ error }: { error: NonNullable<BusinessExport["error"]> }) {
  const t = useTranslations("settings.yourData.files.reasons");
  const known = REASONS.find((reason) => reason === error.code);
  return <p className="text-danger-ink">{t(known ?? "other")}</p>;
}

function Facts({ item, when }: { item: BusinessExport; when: (instant: string) => string }) {
  const t = useTranslations("settings.yourData.files");
  const format = useFormatter();
  const size = sizeOf(item.size_bytes);
  const facts = {
    records: Object.values(item.records).reduce((sum, count) => sum + count, 0),
    size: format.number(size.value, { style: "unit", unit: size.unit }),
  };
  return (
    <div className="flex flex-col gap-1">
      <p className="text-muted">
        {item.expires_at && item.status === "ready"
          ? t("factsUntil", { ...facts, when: when(item.expires_at) })
          : t("facts", facts)}
      </p>
      <div className="flex items-center gap-2">
        <p className="min-w-0 flex-1 text-2xs text-muted">
          {t("sum")}{" "}
          <code dir="ltr" className="font-mono break-all">
            {item.sha256}
          </code>
        </p>
        <CopyButton text={item.sha256} label={t("copySum")} />
      </div>
    </div>
  );
}
