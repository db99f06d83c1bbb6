"use client";

import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Input } from "@/ui/input";
import type { Customer } from "../types";
import type { RecordEditing } from "./use-record-editing";

interface RawPhoneProps {
  customer: Customer;
  edit: RecordEditing;
  isReadOnly: boolean;
}

/** A number that was kept as it came because nobody can dial it, and the way to mend it. */
export function RawPhone({ customer, edit, isReadOnly }: RawPhoneProps) {
  const t = useTranslations("customers.phone");
  const [isFixing, setFixing] = useState(false);
  if (!customer.phone_raw) return null;
  const fix = (phone: string): void => {
    setFixing(false);
    // Both at once: the number is right now, so the wrong one goes.
    edit.save({ phone, phone_raw: "" });
  };
  return (
    <div className="grid grid-cols-[8.5rem_minmax(0,1fr)] items-start">
      <span className="py-1.5 pe-2 text-sm text-muted">{t("given")}</span>
      <div className="flex min-w-0 flex-col gap-1 py-1">
        {isFixing ? (
          <FixForm initial={customer.phone_raw} onSave={fix} onCancel={() => setFixing(false)} />
        ) : (
          <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 px-2">
            <span dir="ltr" className="text-sm break-all">
              {customer.phone_raw}
            </span>
            <Badge tone="warning">{t("invalid")}</Badge>
            {isReadOnly ? null : (
              <Button size="sm" onClick={() => setFixing(true)}>
                {t("fix")}
              </Button>
            )}
          </div>
        )}
      </div>
    </div>
  );
}

function FixForm(props: {
  initial: string;
  onSave: (phone: string) => void;
  onCancel: () => void;
}) {
  const t = useTranslations("customers.phone");
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(props.initial);
  useEffect(() => {
    input.current?.focus();
  }, []);
  return (
    <form
      className="flex flex-col gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) props.onSave(text.trim());
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        props.onCancel();
      }}
    >
      <Input
        ref={input}
        type="tel"
        aria-label={t("corrected")}
        value={text}
        maxLength={40}
        onChange={(event) => setText(event.target.value)}
      />
      <p className="text-xs text-muted">{t("fixHint")}</p>
      <div className="flex gap-1.5">
        <Button type="submit" size="sm" variant="primary">
          {t("save")}
        </Button>
        <Button size="sm" variant="ghost" onClick={props.onCancel}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
