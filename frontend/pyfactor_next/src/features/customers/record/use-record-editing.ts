"use client";

import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { isApiError, type Step } from "@/api";
import { useOfferUndo } from "@/features/history";
import { useErrorText } from "@/features/session";
import { toast } from "@/ui/toast";
import { useEditCustomer } from "../mutations";
import type { Customer, CustomerField, CustomerPatch, FieldValue } from "../types";
import { changes, fieldsOf } from "../values";
import { type Choice, type Conflict, compare, EditConflict, settle } from "./conflict";

/** What was typed and refused; it stays in the field until it is mended or given up. */
export interface Draft {
  value: FieldValue;
  message: string;
}

export type Drafts = Partial<Record<CustomerField, Draft>>;

export interface RecordEditing {
  /** The field whose editor is open. */
  editing: CustomerField | null;
  drafts: Drafts;
  conflict: Conflict | null;
  start: (field: CustomerField) => void;
  /** Closes an editor and forgets what was typed in it. */
  cancel: (field: CustomerField) => void;
  save: (patch: CustomerPatch) => void;
  settleConflict: (choices: Partial<Record<CustomerField, Choice>>) => void;
}

/**
 * Editing of one record's fields in place: shown at once, Undo offered, a refusal shown at its
 * field, and a conflict laid open field by field. Nothing that was typed is ever dropped by itself.
 */
export function useRecordEditing(customer: Customer): RecordEditing {
  const t = useTranslations("customers");
  const offerUndo = useOfferUndo();
  const explain = useErrorText();
  const { mutateAsync } = useEditCustomer(customer.id);
  const [editing, setEditing] = useState<CustomerField | null>(null);
  /** The record as it was on screen when the open editor was opened. */
  const [begun, setBegun] = useState(customer);
  const [drafts, setDrafts] = useState<Drafts>({});
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);

  const forget = (fields: readonly CustomerField[]): void =>
    setDrafts((all) =>
      Object.fromEntries(
        Object.entries(all).filter(([name]) => !fields.includes(name as CustomerField)),
      ),
    );

  const fail = (error: unknown, base: Customer, patch: CustomerPatch): void => {
    if (error instanceof EditConflict) {
      setConflict((open) =>
        compare(base, error.theirs, { ...(open ? settle(open, {}) : {}), ...patch }),
      );
      return;
    }
    const told = explain(error);
    const of = (field: CustomerField): string => {
      const found = isApiError(error) ? error.fieldErrors : [];
      const own = found.find((each) => each.field === field) ?? found[0];
      return own?.message ?? told.description;
    };
    const fields = fieldsOf(patch);
    if (isGone.current) {
      toast.error(t("edit.failedFor", { name: base.display_name }), {
        description: fields[0] ? of(fields[0]) : told.description,
        reference: told.requestId,
      });
      return;
    }
    setDrafts((all) => ({
      ...all,
      ...Object.fromEntries(
        fields.map((field) => [field, { value: patch[field] ?? null, message: of(field) }]),
      ),
    }));
    setEditing((open) => open ?? fields[0] ?? null);
  };

  const send = async (base: Customer, patch: CustomerPatch): Promise<void> => {
    const [only, ...more] = fieldsOf(patch);
    let made: Step = [];
    try {
      await mutateAsync({ base, patch, onChange: (step) => (made = step) });
      const title =
        only && more.length === 0
          ? t("edit.saved", { field: t(`fields.${only}`) })
          : t("edit.savedMany");
      toast.success(title, offerUndo(made));
    } catch (error) {
      fail(error, base, patch);
    }
  };

  const save = (edited: CustomerPatch): void => {
    const base = editing === null ? customer : begun;
    const patch = changes(base, edited);
    const fields = fieldsOf(patch);
    forget(fieldsOf(edited));
    setEditing(null);
    if (fields.length === 0) return;
    // The record was loaded anew behind the open editor, with another value in this very field.
    const isOvertaken = fields.some((field) => customer[field] !== base[field]);
    if (isOvertaken) fail(new EditConflict(customer), base, patch);
    else void send(base, patch);
  };

  const settleConflict = (choices: Partial<Record<CustomerField, Choice>>): void => {
    if (!conflict) return;
    setConflict(null);
    const patch = settle(conflict, choices);
    if (fieldsOf(patch).length > 0) void send(conflict.theirs, patch);
  };

  return {
    editing,
    drafts,
    conflict,
    start: (field) => {
      setBegun(customer);
      setEditing(field);
    },
    cancel: (field) => {
      forget([field]);
      setEditing((open) => (open === field ? null : open));
    },
    save,
    settleConflict,
  };
}
