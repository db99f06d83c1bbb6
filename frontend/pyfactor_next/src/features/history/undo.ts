"use client";

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { djangoApi, isApiError, ownChanges, type Step } from "@/api";
import { segmentOf } from "@/features/realtime";
import { useErrorToast, useSession } from "@/features/session";
import { type ToastOptions, toast } from "@/ui/toast";
import { askAboutConflicts } from "./open-conflict";
import type { Conflict, UndoResult } from "./types";

export type OnConflict = "refuse" | "keep" | "overwrite";

/** Puts each answer into `results`, also those before a refusal. */
async function undoStep(step: Step, onConflict: OnConflict, results: UndoResult[]): Promise<void> {
  for (const id of [...step].reverse()) {
    results.push(
      await djangoApi.post(
        "/api/changes/{id}/undo/",
        { on_conflict: onConflict },
        { path: { id }, idempotencyKey: crypto.randomUUID(), isUndo: true, timeoutMs: 60_000 },
      ),
    );
  }
}

/** Everything of the business may have gone back; records that are gone leave their pages at once. */
function refresh(client: QueryClient, slug: string, results: readonly UndoResult[]): void {
  for (const record of results.flatMap(({ change_set }) => change_set?.records ?? [])) {
    if (record.operation !== "delete") continue;
    const queryKey = [slug, segmentOf(record.entity), "record", record.record_id];
    void client.resetQueries({ queryKey });
  }
  void client.invalidateQueries({ queryKey: [slug] });
}

export interface Conflicted {
  step: Step;
  conflicts: Conflict[];
  count: number;
}

function conflictsOf(error: unknown, step: Step): Conflicted | null {
  if (!isApiError(error) || error.problem?.code !== "undo_conflict") return null;
  const { conflicts, conflict_count } = error.problem;
  return { step, conflicts: conflicts as Conflict[], count: Number(conflict_count) };
}

/** Undoes a step: says so and offers to do it again, or lays open what was changed since. */
export function useUndo(): (
  step: Step,
  options?: { onConflict?: OnConflict; isRedo?: boolean },
) => Promise<boolean> {
  const t = useTranslations("history");
  const { slug } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  const run = async (
    step: Step,
    { onConflict = "refuse", isRedo = false }: { onConflict?: OnConflict; isRedo?: boolean } = {},
  ): Promise<boolean> => {
    const results: UndoResult[] = [];
    /** What is undone is so, even if the rest was refused. Returns the sets that did it. */
    const settle = (): Step => {
      const by = results.flatMap(({ change_set }) => (change_set ? [change_set.id] : []));
      if (by.length > 0) ownChanges.replace(step.slice(-by.length), by);
      if (by.length > 0) refresh(client, slug, results);
      return by;
    };
    try {
      await undoStep(step, onConflict, results);
      const by = settle();
      const isPartial = onConflict === "keep" && results.some((one) => one.conflict_count > 0);
      toast.success(t(isPartial ? "partlyUndone" : isRedo ? "redone" : "undone"), {
        undo: {
          label: t(isRedo ? "undo" : "redo"),
          run: () => void run(by, { isRedo: !isRedo }),
        },
      });
      return true;
    } catch (error) {
      settle();
      const met = conflictsOf(error, step.slice(0, step.length - results.length));
      if (met) askAboutConflicts(met);
      else {
        // A conflict of another kind is for good: the step before it is next.
        if (isApiError(error) && error.kind !== "network") ownChanges.forget(step);
        showError(error, t("undoFailed"));
      }
      return false;
    }
  };
  return run;
}

/** For the toast after a write: `toast.success(title, offerUndo(step))`. Without a change nothing to undo. */
export function useOfferUndo(): (step: Step) => ToastOptions {
  const t = useTranslations("history");
  const undo = useUndo();
  return (step) =>
    step.length === 0 ? {} : { undo: { label: t("undo"), run: () => void undo(step) } };
}
