"use client";

import { Trash2, X } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { AlertDialog } from "@/ui/alert-dialog";
import { Button } from "@/ui/button";
import { Field } from "@/ui/field";
import { IconButton } from "@/ui/icon-button";
import { Input } from "@/ui/input";
import { Progress } from "@/ui/progress";
import type { CustomerRow } from "../types";
import { useBulkTrash } from "./use-bulk-trash";

/** More than this at once has to be confirmed by typing how many. */
const CONFIRM_ABOVE = 100;

interface SelectionBarProps {
  rows: readonly CustomerRow[];
  onClear: () => void;
  /** Ids that are in the trash now. */
  onTrashed: (ids: readonly string[]) => void;
}

/** Floats over the list's end while rows are selected. */
export function SelectionBar({ rows, onClear, onTrashed }: SelectionBarProps) {
  const t = useTranslations("customers.bulk");
  const { progress, run, stop } = useBulkTrash();
  const [isAsking, setAsking] = useState(false);
  const start = async (): Promise<void> => {
    setAsking(false);
    onTrashed(await run(rows));
  };
  return (
    <section
      aria-label={t("label")}
      className="absolute bottom-4 inset-x-0 z-20 mx-auto flex w-fit max-w-[calc(100%-2rem)] min-w-0 items-center gap-1 rounded-xl bg-raised p-1.5 ps-3.5 text-sm shadow-dialog motion-safe:animate-in motion-safe:fade-in motion-safe:slide-in-from-bottom-2"
    >
      {progress ? (
        <>
          <Progress
            className="w-64"
            label={t("deleting")}
            done={progress.done}
            total={progress.total}
            valueText={t("progress", { done: progress.done, total: progress.total })}
          />
          <Button variant="ghost" onClick={stop}>
            {t("stop")}
          </Button>
        </>
      ) : (
        <>
          <span className="tabular me-2 font-medium whitespace-nowrap">
            {t("selected", { count: rows.length })}
          </span>
          <Button
            variant="danger-ghost"
            onClick={() => (rows.length > CONFIRM_ABOVE ? setAsking(true) : void start())}
          >
            <Trash2 aria-hidden />
            {t("delete")}
          </Button>
          <IconButton label={t("clear")} keys="escape" onClick={onClear}>
            <X aria-hidden />
          </IconButton>
        </>
      )}
      <ConfirmMany
        open={isAsking}
        count={rows.length}
        onOpenChange={setAsking}
        onConfirm={() => void start()}
      />
    </section>
  );
}

function ConfirmMany(props: {
  open: boolean;
  count: number;
  onOpenChange: (open: boolean) => void;
  onConfirm: () => void;
}) {
  const t = useTranslations("customers.bulk");
  const [typed, setTyped] = useState("");
  return (
    <AlertDialog
      open={props.open}
      onOpenChange={(open) => {
        setTyped("");
        props.onOpenChange(open);
      }}
      title={t("confirmTitle", { count: props.count })}
      description={t("confirmDescription")}
      confirmLabel={t("confirm", { count: props.count })}
      danger
      confirmDisabled={typed.trim() !== String(props.count)}
      onConfirm={props.onConfirm}
    >
      <Field label={t("confirmField", { count: props.count })}>
        <Input
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </Field>
    </AlertDialog>
  );
}
