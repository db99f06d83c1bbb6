"use client";

import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Combobox } from "@/ui/combobox";
import { Dialog } from "@/ui/dialog";
import { Field } from "@/ui/field";
import { ActivityFields } from "./form-fields";
import { emptyValues } from "./form-values";
import { useActivityForm } from "./use-activity-form";

const CHOICES = 200;

/** Adds a task from the list of tasks, where no customer is open. */
export function NewTaskDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("activities");
  const { slug, membershipId } = useSession();
  const id = useId();
  const [customer, setCustomer] = useState<string | null>(null);
  const { data = [] } = useQuery({
    queryKey: [slug, "customers", "list", "choices"],
    queryFn: ({ signal }) =>
      djangoApi.get("/api/crm/customers/", {
        query: {
          limit: CHOICES,
          ordering: "-updated_at",
          fields: "id,display_name,account_number",
        },
        signal,
      }),
    select: (page) =>
      page.results.map((row) => ({
        value: row.id,
        label: row.display_name,
        note: row.account_number,
      })),
  });
  const form = useActivityForm({
    initial: emptyValues("task", membershipId),
    about: customer ? { customer } : {},
    onSaved: onClose,
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("page.new")}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t("composer.cancel")}
          </Button>
          <Button
            type="submit"
            form={id}
            variant="primary"
            busy={form.isSaving}
            disabled={!form.canSave || !customer}
          >
            {t("composer.submit.task")}
          </Button>
        </>
      }
    >
      <form
        id={id}
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (customer) form.save();
        }}
      >
        <Field label={t("composer.about")} required error={form.errors["customer"]}>
          <Combobox
            options={data}
            value={customer}
            onValueChange={setCustomer}
            placeholder={t("composer.chooseCustomer")}
          />
        </Field>
        <ActivityFields
          values={form.values}
          errors={form.errors}
          onChange={form.change}
          autoFocus
        />
      </form>
    </Dialog>
  );
}
