"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useErrorToast, useSession } from "@/features/session";
import { toast } from "@/ui/toast";
import { hideRows, reloadLists } from "../cache";
import { restore, trash } from "../mutations";
import { customerKeys } from "../queries";
import type { CustomerRow } from "../types";

interface Progress {
  done: number;
  total: number;
}

/**
 * Moves many customers to the trash, one after the other so that a refusal stops nothing else, and
 * offers one Undo for all of them. `run` resolves to the ids that are gone.
 */
export function useBulkTrash() {
  const t = useTranslations("customers");
  const { slug } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  const [progress, setProgress] = useState<Progress | null>(null);
  const isStopped = useRef(false);

  const undo = async (ids: readonly string[], putBack: () => void): Promise<void> => {
    const failures: unknown[] = [];
    // Many take seconds; the rows are there again at once. An answer on its way would hide them.
    await client.cancelQueries({ queryKey: customerKeys.lists(slug) });
    putBack();
    for (const id of ids) {
      try {
        await restore(id);
      } catch (error) {
        failures.push(error);
      }
    }
    await reloadLists(client, slug);
    if (failures.length > 0) {
      showError(failures[0], t("bulk.restoreFailed", { count: failures.length }));
    } else {
      toast.success(t("bulk.restored", { count: ids.length }));
    }
  };

  const run = async (rows: readonly CustomerRow[]): Promise<string[]> => {
    isStopped.current = false;
    const gone: string[] = [];
    const failures: unknown[] = [];
    for (const [index, row] of rows.entries()) {
      if (isStopped.current) break;
      setProgress({ done: index, total: rows.length });
      try {
        await trash(row);
        gone.push(row.id);
      } catch (error) {
        failures.push(error);
      }
    }
    setProgress(null);
    const putBack = hideRows(client, slug, new Set(gone));
    void reloadLists(client, slug);
    if (failures.length > 0) {
      showError(failures[0], t("bulk.failed", { count: failures.length }));
    }
    if (gone.length > 0) {
      toast.success(t("bulk.deleted", { count: gone.length }), {
        undo: { label: t("undo"), run: () => void undo(gone, putBack) },
      });
    }
    return gone;
  };

  const stop = (): void => {
    isStopped.current = true;
  };
  return { progress, run, stop };
}
