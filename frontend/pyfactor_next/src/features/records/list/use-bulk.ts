"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { isApiError } from "@/api";
import { useOfferUndo } from "@/features/history";
import { useErrorToast } from "@/features/session";
import { toast } from "@/ui/toast";
import type { BulkBody, BulkResult } from "./bulk";

interface BulkOptions {
  /** The resource's own bulk action. A repeat of the same body with the same key does nothing. */
  send: (body: BulkBody, idempotencyKey: string) => Promise<BulkResult>;
  /** Shows what is so now: after the action, and after it was taken back. */
  reload: () => Promise<void>;
}

/** Runs one action on many records and offers to take it back. Resolves to whether it was done. */
export function useBulk({ send, reload }: BulkOptions) {
  const t = useTranslations("records.bulk");
  const showError = useErrorToast();
  const offerUndo = useOfferUndo();
  const [isBusy, setBusy] = useState(false);

  const explain = (error: unknown): void => {
    const problem = isApiError(error) ? error.problem : undefined;
    if (problem?.code === "selection_moved" && typeof problem["count"] === "number") {
      toast.error(t("failed"), { description: t("moved", { count: problem["count"] }) });
    } else if (typeof problem?.["refused"] === "number") {
      const why = problem.errors?.[0]?.detail ?? "";
      toast.error(t("refused", { count: problem["refused"] }), { description: why });
    } else showError(error, t("failed"));
  };

  const run = async (body: BulkBody): Promise<boolean> => {
    setBusy(true);
    try {
      const done = await send(body, crypto.randomUUID());
      const { change_set: changeSet, changed } = done;
      if (changeSet === null) toast.success(t("nothing"));
      else toast.success(t(DONE[body.action], { count: changed }), offerUndo([changeSet]));
      return true;
    } catch (error) {
      explain(error);
      return false;
    } finally {
      setBusy(false);
      void reload();
    }
  };
  return { isBusy, run };
}

const DONE = {
  edit: "changed",
  assign: "assigned",
  tag: "tagged",
  trash: "trashed",
  restore: "restored",
} as const;
