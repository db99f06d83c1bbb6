"use client";

import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/checkbox";
import type { ComboboxOption } from "@/ui/combobox";
import { Dialog } from "@/ui/dialog";
import { Field } from "@/ui/field";
import { ContactPicker, CustomerPicker } from "../form/pickers";
import { RoleSelect } from "../form/role-select";
import { useLinks } from "../mutations";
import type { End } from "../queries";
import type { Role } from "../types";

interface LinkDialogProps {
  /** The end that is there already. */
  to: End;
  /** Its name. */
  name: string;
  /** Ids of other ends that are linked to it already. */
  linked: readonly string[];
  /** The first contact of a customer is the primary one, unless somebody says otherwise. */
  isFirst: boolean;
  onClose: () => void;
}

/** Links a contact and a customer that are both there already. */
export function LinkDialog({ to, name, linked, isFirst, onClose }: LinkDialogProps) {
  const t = useTranslations("contacts");
  const formId = useId();
  const { add } = useLinks();
  const [chosen, setChosen] = useState<ComboboxOption | null>(null);
  const [role, setRole] = useState<Role>("other");
  const [isPrimary, setPrimary] = useState(isFirst);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const isOfCustomer = "customer" in to;
  const submit = async (): Promise<void> => {
    if (chosen === null) {
      setError(t("links.choose"));
      return;
    }
    setBusy(true);
    const ends = isOfCustomer
      ? { ...to, contact: chosen.value }
      : { ...to, customer: chosen.value };
    if (await add({ ...ends, role, is_primary: isPrimary }, chosen.label)) onClose();
    else setBusy(false);
  };
  const Picker = isOfCustomer ? ContactPicker : CustomerPicker;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t(isOfCustomer ? "links.linkTitle" : "links.linkCustomerTitle", { name })}
      footer={
        <>
          <Button onClick={onClose}>{t("form.cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" busy={isBusy}>
            {t("links.link")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        method="post"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void submit();
        }}
      >
        <Field label={t(isOfCustomer ? "links.contact" : "links.customer")} required error={error}>
          <Picker
            value={chosen}
            without={linked}
            onChange={(option) => {
              setChosen(option);
              setError(undefined);
            }}
          />
        </Field>
        <Field label={t("fields.role")}>
          <RoleSelect value={role} onChange={setRole} />
        </Field>
        <Checkbox label={t("form.isPrimary")} checked={isPrimary} onCheckedChange={setPrimary} />
      </form>
    </Dialog>
  );
}
