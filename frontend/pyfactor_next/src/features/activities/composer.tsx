"use client";

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useRecordFrame } from "@/features/records";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { ActivityFields } from "./form-fields";
import { emptyValues } from "./form-values";
import { kindIcons } from "./kind-icons";
import { type About, KINDS, type Kind } from "./types";
import { useActivityForm } from "./use-activity-form";

interface ComposerProps {
  about: About;
  /** The record's name, for a first subject such as "Call with Ada". */
  name: string;
}

function isKind(what: string): what is Kind {
  return (KINDS as readonly string[]).includes(what);
}

/** What can be added to a record, pinned on top of its timeline: closed until a kind is chosen. */
export function Composer({ about, name }: ComposerProps) {
  const t = useTranslations("activities");
  const { wish } = useRecordFrame();
  const [opened, setOpened] = useState<{ kind: Kind; number: number } | null>(null);
  const [seen, setSeen] = useState(0);
  if (wish && wish.number !== seen) {
    setSeen(wish.number);
    if (isKind(wish.what)) setOpened({ kind: wish.what, number: wish.number });
  }
  return (
    <section
      aria-label={t("composer.label")}
      className="rounded-lg bg-raised p-2 shadow-xs ring-1 ring-inset ring-line"
    >
      <fieldset className="flex flex-wrap gap-1">
        <legend className="sr-only">{t("composer.kind")}</legend>
        {KINDS.map((kind) => {
          const Icon = kindIcons[kind];
          return (
            <Button
              key={kind}
              size="sm"
              variant="ghost"
              aria-pressed={opened?.kind === kind}
              className="aria-pressed:bg-selected aria-pressed:text-accent-ink"
              onClick={() => setOpened({ kind, number: (opened?.number ?? 0) + 1 })}
            >
              <Icon aria-hidden />
              {t(`kinds.${kind}`)}
            </Button>
          );
        })}
      </fieldset>
      {opened ? (
        <Form
          key={`${opened.kind}-${opened.number}`}
          kind={opened.kind}
          about={about}
          name={name}
          onClose={() => setOpened(null)}
        />
      ) : null}
    </section>
  );
}

function Form({ kind, about, name, onClose }: ComposerProps & { kind: Kind; onClose: () => void }) {
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
