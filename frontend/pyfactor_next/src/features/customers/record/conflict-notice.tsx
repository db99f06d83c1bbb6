"use client";

import { TriangleAlert } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useFormatter, useNow, useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import type { CustomerField } from "../types";
import { useFieldText, useMemberName } from "../use-field-text";
import type { Choice, Conflict } from "./conflict";

interface ConflictNoticeProps {
  conflict: Conflict;
  onSettle: (choices: Partial<Record<CustomerField, Choice>>) => void;
}

/** Who changed what, and for each field of one's own: keep mine or take theirs. */
export function ConflictNotice({ conflict, onSettle }: ConflictNoticeProps) {
  const t = useTranslations("customers.conflict");
  const fields = useTranslations("customers.fields");
  const format = useFormatter();
  const now = useNow();
  const text = useFieldText();
  const memberName = useMemberName();
  const [choices, setChoices] = useState<Partial<Record<CustomerField, Choice>>>({});
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    // In braces: newer browsers return a promise, which is no clean-up.
    box.current?.scrollIntoView({ block: "nearest" });
  }, []);

  const { theirs, clashes, others } = conflict;
  const who = memberName(theirs.updated_by) || t("somebody");
  const isSingle = clashes.length === 1;
  const choose = (field: CustomerField, choice: Choice): void => {
    if (isSingle) onSettle({ [field]: choice });
    else setChoices({ ...choices, [field]: choice });
  };
  return (
    <section
      ref={box}
      role="alert"
      aria-label={t("label")}
      className="rounded-lg bg-warning-soft p-3.5 text-sm ring-1 ring-line"
    >
      <h3 className="flex items-start gap-2 font-semibold text-warning-ink">
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        {t("title", { who, when: format.relativeTime(new Date(theirs.updated_at), now) })}
      </h3>
      <p className="mt-1 text-muted">{clashes.length > 0 ? t("description") : t("sameValue")}</p>
      <ul className="mt-3 flex flex-col gap-3">
        {clashes.map((clash) => {
          const chosen = choices[clash.field] ?? (isSingle ? undefined : "mine");
          return (
            <li key={clash.field} className="rounded-md bg-raised p-3 ring-1 ring-line">
              <p className="font-medium">{fields(clash.field)}</p>
              <div className="mt-2 grid gap-2 sm:grid-cols-2">
                <Side
                  label={t("yours")}
                  text={text(clash.field, clash.yours) || t("empty")}
                  action={t("keepMine")}
                  isChosen={chosen === "mine"}
                  isPrimary
                  onChoose={() => choose(clash.field, "mine")}
                />
                <Side
                  label={clash.theirs === clash.before ? t("unchanged") : t("theirs")}
                  text={text(clash.field, clash.theirs) || t("empty")}
                  action={t("takeTheirs")}
                  isChosen={chosen === "theirs"}
                  onChoose={() => choose(clash.field, "theirs")}
                />
              </div>
            </li>
          );
        })}
      </ul>
      {others.length > 0 ? (
        <p className="mt-3 text-muted">
          {t("others", { fields: format.list(others.map((name) => fields(name))) })}
        </p>
      ) : null}
      {isSingle ? null : (
        <div className="mt-3 flex justify-end">
          <Button variant="primary" onClick={() => onSettle(choices)}>
            {clashes.length > 0 ? t("save") : t("dismiss")}
          </Button>
        </div>
      )}
    </section>
  );
}

function Side(props: {
  label: string;
  text: string;
  action: string;
  isChosen: boolean;
  isPrimary?: boolean;
  onChoose: () => void;
}) {
  return (
    <div
      className={cn(
        "flex min-w-0 flex-col items-start gap-2 rounded-md p-2 ring-1 ring-inset ring-line",
        props.isChosen && "bg-selected ring-2 ring-accent",
      )}
    >
      <div className="min-w-0 max-w-full flex-1">
        <p className="text-xs text-muted">{props.label}</p>
        <p className="max-h-40 overflow-y-auto break-words whitespace-pre-wrap">{props.text}</p>
      </div>
      <Button
        size="sm"
        variant={props.isPrimary ? "primary" : "secondary"}
        aria-pressed={props.isChosen}
        onClick={props.onChoose}
      >
        {props.action}
      </Button>
    </div>
  );
}
