"use client";

import { useQuery } from "@tanstack/react-query";
import { Check } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useErrorToast, useSession } from "@/features/session";
import { cn } from "@/ui/cn";
import { toast } from "@/ui/toast";
import { StageDot } from "../bits";
import { useMoveDeal, useUndoDeal } from "../mutations";
import { stagesQuery } from "../queries";
import type { Deal, DealMove, Stage } from "../types";

const ClosingDialog = dynamic(() => import("../board/closing-dialog").then((m) => m.ClosingDialog));

/** The stages of the deal's pipeline in their order; a click moves the deal. */
export function StagePath({ deal, isReadOnly }: { deal: Deal; isReadOnly: boolean }) {
  const t = useTranslations("deals");
  const { slug } = useSession();
  const { data: stages = [] } = useQuery(stagesQuery(slug));
  const showError = useErrorToast();
  const move = useMoveDeal();
  const undo = useUndoDeal();
  const [closing, setClosing] = useState<Stage | null>(null);
  const path = stages.filter(
    (stage) => stage.pipeline === deal.pipeline && (!stage.is_archived || stage.id === deal.stage),
  );
  const at = path.findIndex(({ id }) => id === deal.stage);

  const takeBack = async (moved: Deal): Promise<void> => {
    try {
      if (!(await undo.mutateAsync(moved))) {
        toast.error(t("moves.changedSince", { name: deal.name }));
      }
    } catch (error) {
      showError(error, t("moves.undoFailed", { name: deal.name }));
    }
  };
  const send = async (stage: Stage, more: Omit<DealMove, "stage">): Promise<void> => {
    try {
      const moved = await move.mutateAsync({ deal, body: { stage: stage.id, ...more } });
      toast.success(t("moves.moved", { name: deal.name, stage: stage.name }), {
        undo: { label: t("undo"), run: () => void takeBack(moved) },
      });
    } catch (error) {
      showError(error, t("moves.refused", { name: deal.name }));
    }
  };
  const choose = (stage: Stage): void => {
    if (stage.id === deal.stage || move.isPending) return;
    if (stage.category === "open") void send(stage, {});
    else setClosing(stage);
  };

  return (
    <>
      <nav aria-label={t("record.stages")}>
        <ol className="flex gap-1 overflow-x-auto rounded-lg bg-sunken p-1 scrollbar-none">
          {path.map((stage, index) => (
            <li key={stage.id} className="flex min-w-fit flex-1">
              <button
                type="button"
                disabled={isReadOnly}
                aria-current={stage.id === deal.stage ? "step" : undefined}
                onClick={() => choose(stage)}
                className={cn(
                  "flex h-8 flex-1 items-center justify-center gap-1.5 rounded-md px-2.5 text-sm font-medium whitespace-nowrap text-muted",
                  !isReadOnly && "hover:bg-hover hover:text-ink",
                  stage.id === deal.stage && "bg-raised text-ink shadow-xs ring-1 ring-field",
                )}
              >
                {index < at && stage.category === "open" ? (
                  <Check aria-hidden className="size-3.5" />
                ) : (
                  <StageDot colour={stage.colour} />
                )}
                {stage.name}
              </button>
            </li>
          ))}
        </ol>
      </nav>
      {closing ? (
        <ClosingDialog
          name={deal.name}
          stage={closing}
          onCancel={() => setClosing(null)}
          onClose={(more) => {
            void send(closing, more);
            setClosing(null);
          }}
        />
      ) : null}
    </>
  );
}
