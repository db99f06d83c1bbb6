"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { isApiError } from "@/api";
import { useErrorText, useSession } from "@/features/session";
import { attachmentKeys, type Owner } from "./queries";
import { MAX_BYTES, sizeOf } from "./size";

const TIMEOUT_MS = 10 * 60_000;

export interface Upload {
  id: string;
  file: File;
  /** 0 to 1. */
  progress: number;
  /** Why it failed; it can be tried again. */
  error?: string;
}

/** Files on their way to a record. A repeat of a failed one cannot attach it twice. */
export function useUploads(owner: Owner) {
  const t = useTranslations("attachments");
  const format = useFormatter();
  const explain = useErrorText();
  const client = useQueryClient();
  const { slug } = useSession();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const [stops] = useState(() => new Map<string, AbortController>());

  const update = (id: string, change: Partial<Upload>): void =>
    setUploads((all) => all.map((one) => (one.id === id ? { ...one, ...change } : one)));
  const dismiss = (id: string): void => {
    stops.get(id)?.abort();
    stops.delete(id);
    setUploads((all) => all.filter((one) => one.id !== id));
  };

  const send = async ({ id, file }: Pick<Upload, "id" | "file">): Promise<void> => {
    const stop = new AbortController();
    stops.set(id, stop);
    const form = new FormData();
    form.append("file", file, file.name || "file");
    for (const [name, value] of Object.entries(owner)) form.append(name, value);
    try {
      const { uploadApi } = await import("@/api/upload");
      const api = uploadApi((sent, total) => update(id, { progress: sent / total }));
      await api.post("/api/crm/attachments/", form, {
        signal: stop.signal,
        idempotencyKey: id,
        timeoutMs: TIMEOUT_MS,
      });
      dismiss(id);
      void client.invalidateQueries({ queryKey: attachmentKeys.all(slug) });
      void client.invalidateQueries({ queryKey: [slug, "timeline"] });
    } catch (error) {
      if (stop.signal.aborted) return;
      const told = isApiError(error) ? error.fieldErrors[0]?.message : undefined;
      update(id, { error: told ?? explain(error).description });
    }
  };

  const add = (files: readonly File[]): void => {
    const limit = sizeOf(MAX_BYTES);
    const size = format.number(limit.value, { style: "unit", unit: limit.unit });
    const added = files.map(
      (file): Upload => ({
        id: crypto.randomUUID(),
        file,
        progress: 0,
        ...(file.size > MAX_BYTES ? { error: t("tooLarge", { size }) } : {}),
      }),
    );
    setUploads((all) => [...all, ...added]);
    for (const upload of added) if (!upload.error) void send(upload);
  };

  const retry = (upload: Upload): void => {
    setUploads((all) =>
      all.map((one) => (one.id === upload.id ? { id: one.id, file: one.file, progress: 0 } : one)),
    );
    void send(upload);
  };

  return { uploads, add, retry, dismiss };
}
