"use client";

import { type KeyboardEvent, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { ActivityFields } from "./form-fields";
import { emptyValues } from "./form-values";
import type { About, Kind } from "./types";
import { useActivityForm } from "./use-activity-form";

interface ComposerFormProps {
  kind: Kind;
  about: About;
  /** The record's. */
  name: string;
  onClose: () => void;
}

/** What is added, of the kind that was chosen. */
export default function ComposerForm({ kind, about, name, onClose }: ComposerFormProps) {
  const t = useTranslations("activities.composer");
  const { membershipId } = useSession();
  const box = useRef<HTMLFormElement>(null);
  const subject =
    kind === "call" || kind === "email" || kind === "meeting" ? t(`${kind}With`, { name }) : "";
  const form = useActivityForm({
    initial: { ...emptyValues(kind, membershipId), subject: subject.slice(0, 255) },
    about,
    onSaved: onClose,
  });
  useEffect(() => {
    box.current?.querySelector<HTMLElement>(kind === "task" ? "input" : "textarea")?.focus();
  }, [kind]);
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      form.save();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    }
  };
  return (
    <form
      ref={box}
      onKeyDown={onKey}
      onSubmit={(event) => {
        event.preventDefault();
        form.save();
      }}
      className="flex flex-col gap-3 px-1 pt-2 pb-1"
    >
      <ActivityFields values={form.values} errors={form.errors} onChange={form.change} />
      <div className="flex justify-end gap-2">
        <Button variant="ghost" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button type="submit" variant="primary" busy={form.isSaving} disabled={!form.canSave}>
          {t(`submit.${kind}`)}
        </Button>
      </div>
    </form>
  );
}
