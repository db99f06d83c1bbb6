"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Field } from "@/ui/field";
import { Input, Textarea } from "@/ui/input";
import { Select } from "@/ui/select";
import { lostReasonsQuery } from "../queries";
import type { DealMove, Stage } from "../types";
import { closedAt, today } from "./closed-at";

interface ClosingDialogProps {
  /** Of the deal; of several, how many they are. */
  name: string;
  isMany?: boolean;
  stage: Pick<Stage, "name" | "category">;
  onCancel: () => void;
  onClose: (more: Pick<DealMove, "lost_reason" | "lost_note" | "closed_at">) => void;
}

const DESCRIPTIONS = {
  lost: { one: "lostDescription", many: "lostManyDescription" },
  won: { one: "wonDescription", many: "wonManyDescription" },
} as const;

/** Lost needs a reason; won asks for the day. Cancelled, the deals stay where they were. */
export function ClosingDialog(props: ClosingDialogProps) {
  const { name, isMany = false, stage, onCancel, onClose } = props;
  const t = useTranslations("deals.closing");
  const { slug } = useSession();
  const isLost = stage.category === "lost";
  const { data: reasons = [] } = useQuery({ ...lostReasonsQuery(slug), enabled: isLost });
  const [reason, setReason] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const [day, setDay] = useState(today);
  const [isAsked, setAsked] = useState(false);
  const formId = useId();
  const isDayRight = day !== "" && day <= today();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setAsked(true);
    if (!isDayRight || (isLost && reason === null)) return;
    onClose({
      closed_at: closedAt(day),
      ...(isLost ? { lost_reason: reason, lost_note: note.trim() } : {}),
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onCancel();
      }}
      title={t(isLost ? "lostTitle" : "wonTitle", { name })}
      description={t(DESCRIPTIONS[isLost ? "lost" : "won"][isMany ? "many" : "one"], {
        stage: stage.name,
      })}
      width="sm:max-w-md"
      footer={
        <>
          <Button onClick={onCancel}>{t("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary">
            {t(isLost ? "lose" : "win")}
          </Button>
        </>
      }
    >
      <form id={formId} method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
        {isLost ? (
          <Field
            label={t("reason")}
            required
            error={isAsked && reason === null ? t("reasonRequired") : undefined}
          >
            <Select
              options={reasons
                .filter((each) => each.is_active)
                .map((each) => ({ value: each.id, label: each.name }))}
              value={reason}
              onValueChange={setReason}
              placeholder={t("choose")}
            />
          </Field>
        ) : null}
        <Field
          label={t("closedOn")}
          required
          error={isAsked && !isDayRight ? t("dayWrong") : undefined}
        >
          <Input
            type="date"
            value={day}
            max={today()}
            onChange={(event) => setDay(event.target.value)}
          />
        </Field>
        {isLost ? (
          <Field label={t("note")}>
            <Textarea
              rows={3}
              maxLength={2_000}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          </Field>
        ) : null}
      </form>
    </Dialog>
  );
}
