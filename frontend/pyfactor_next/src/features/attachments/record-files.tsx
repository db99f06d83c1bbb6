"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Download, File as FileIcon, FileText, Image as ImageIcon, Trash2 } from "lucide-react";
import { useRef } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { ApiErrorState, useErrorToast, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { IconButton } from "@/ui/icon-button";
import { Skeleton } from "@/ui/skeleton";
import { toast } from "@/ui/toast";
import { FilesTarget } from "./files-target";
import { type Attachment, attachmentKeys, attachmentsQuery, type Owner } from "./queries";
import { MAX_BYTES, sizeOf } from "./size";
import { UploadList } from "./upload-list";
import { useUploads } from "./use-uploads";

interface RecordFilesProps {
  owner: Owner;
  /** It lies in the trash. */
  isReadOnly?: boolean;
}

/** A record's files: dropped, pasted or chosen, and saved again. */
export function RecordFiles({ owner, isReadOnly = false }: RecordFilesProps) {
  const t = useTranslations("attachments");
  const { slug, canWrite } = useSession();
  const { data, error, refetch } = useQuery(attachmentsQuery(slug, owner));
  const { uploads, add, retry, dismiss } = useUploads(owner);
  const canChange = canWrite && !isReadOnly;
  if (error) return <ApiErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <FilesTarget isReadOnly={!canChange} onFiles={add}>
      <div className="flex flex-col gap-4">
        {canChange ? <Chooser onFiles={add} /> : null}
        <UploadList uploads={uploads} onRetry={retry} onDismiss={dismiss} />
        {data ? null : <Skeleton className="h-16 w-full" />}
        {data?.length === 0 ? (
          <p className="py-4 text-center text-sm text-muted">{t("empty")}</p>
        ) : null}
        {data && data.length > 0 ? (
          <ul>
            {data.map((attachment) => (
              <Row key={attachment.id} attachment={attachment} canChange={canChange} />
            ))}
          </ul>
        ) : null}
      </div>
    </FilesTarget>
  );
}

function Chooser({ onFiles }: { onFiles: (files: File[]) => void }) {
  const t = useTranslations("attachments");
  const format = useFormatter();
  const input = useRef<HTMLInputElement>(null);
  const limit = sizeOf(MAX_BYTES);
  return (
    <div className="flex flex-wrap items-center justify-center gap-x-2 gap-y-1 rounded-lg border-2 border-dashed border-field px-4 py-5 text-center text-sm text-muted">
      <span>{t("drop")}</span>
      <Button size="sm" onClick={() => input.current?.click()}>
        {t("choose")}
      </Button>
      <span className="w-full text-xs">
        {t("limit", { size: format.number(limit.value, { style: "unit", unit: limit.unit }) })}
      </span>
      <input
        ref={input}
        type="file"
        multiple
        className="hidden"
        tabIndex={-1}
        aria-label={t("choose")}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
    </div>
  );
}

function Row({ attachment, canChange }: { attachment: Attachment; canChange: boolean }) {
  const t = useTranslations("attachments");
  const format = useFormatter();
  const trash = useTrash();
  const { id, name, mime } = attachment;
  const size = sizeOf(attachment.size_bytes);
  const Icon = mime.startsWith("image/")
    ? ImageIcon
    : mime.startsWith("text/") || mime === "application/pdf"
      ? FileText
      : FileIcon;
  const href = `/api/crm/attachments/${id}/download/`;
  return (
    <li className="flex min-h-12 items-center gap-3 border-b py-1.5 last:border-b-0">
      <Icon aria-hidden className="size-5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <a
          href={href}
          download={name}
          className="block truncate text-sm font-medium hover:underline"
        >
          {name}
        </a>
        <p className="truncate text-xs text-muted" suppressHydrationWarning>
          {t("by", {
            size: format.number(size.value, { style: "unit", unit: size.unit }),
            who: attachment.created_by_name,
            when: format.dateTime(new Date(attachment.created_at), { dateStyle: "medium" }),
          })}
        </p>
      </div>
      <IconButton
        label={t("download", { name })}
        size="icon-sm"
        nativeButton={false}
        render={<a href={href} download={name} />}
      >
        <Download aria-hidden />
      </IconButton>
      {canChange ? (
        <IconButton label={t("delete", { name })} size="icon-sm" onClick={() => trash(attachment)}>
          <Trash2 aria-hidden />
        </IconButton>
      ) : null}
    </li>
  );
}

/** Moves a file to the trash and offers Undo. */
function useTrash(): (attachment: Attachment) => void {
  const t = useTranslations("attachments");
  const { slug } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  const reload = () => client.invalidateQueries({ queryKey: attachmentKeys.all(slug) });
  const restore = useMutation({
    networkMode: "always",
    mutationFn: ({ id }: Attachment) =>
      djangoApi.post("/api/crm/attachments/{id}/restore/", undefined, { path: { id } }),
    onSettled: reload,
    onSuccess: (_restored, { name }) => toast.success(t("restored", { name })),
    onError: (error, { name }) => showError(error, t("restoreFailed", { name })),
  });
  const { mutate } = useMutation({
    networkMode: "always",
    mutationFn: ({ id, version }: Attachment) =>
      djangoApi.delete("/api/crm/attachments/{id}/", { path: { id }, version }),
    onSettled: reload,
    onSuccess: (_gone, attachment) =>
      toast.success(t("deleted", { name: attachment.name }), {
        undo: { label: t("undo"), run: () => restore.mutate(attachment) },
      }),
    onError: (error, { name }) => showError(error, t("deleteFailed", { name })),
  });
  return mutate;
}
