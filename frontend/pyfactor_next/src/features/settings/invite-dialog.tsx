"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { applyApiError, djangoApi } from "@/api";
import { type Role, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Field, FormAlert } from "@/ui/field";
import { Input } from "@/ui/input";
import { Select } from "@/ui/select";
import { toast } from "@/ui/toast";
import { invitationsQuery } from "./queries";
import { grantableRoles } from "./roles";

/** Asks for an address and a role, and has the invitation mailed. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("settings.members");
  const roles = useTranslations("common.roles");
  const { slug, role } = useSession();
  const queries = useQueryClient();
  const id = useId();
  const [alert, setAlert] = useState<string>();
  const form = useForm<{ email: string; role: Role }>({
    defaultValues: { email: "", role: "member" },
  });
  const submit = form.handleSubmit(async (values) => {
    setAlert(undefined);
    try {
      const { email } = await djangoApi.post("/api/tenants/current/invitations/", values);
      toast.success(t("invited", { email }));
      onClose();
      await queries.invalidateQueries({ queryKey: invitationsQuery(slug).queryKey });
    } catch (error) {
      setAlert(applyApiError(form, error, ["email", "role"]));
    }
  });
  const { errors, isSubmitting } = form.formState;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("inviteTitle")}
      description={t("inviteDescription")}
      width="sm:max-w-md"
      footer={
        <Button type="submit" form={id} variant="primary" busy={isSubmitting}>
          {t("send")}
        </Button>
      }
    >
      <form
        id={id}
        method="post"
        noValidate
        onSubmit={(event) => void submit(event)}
        className="flex flex-col gap-4"
      >
        <FormAlert>{alert}</FormAlert>
        <Field label={t("email")} error={errors.email?.message}>
          <Input
            type="email"
            inputMode="email"
            autoComplete="off"
            autoCapitalize="none"
            autoFocus
            maxLength={254}
            {...form.register("email", {
              pattern: { value: /^[^@\s]+@[^@\s]+$/, message: t("missingEmail") },
              required: t("missingEmail"),
            })}
          />
        </Field>
        <Controller
          control={form.control}
          name="role"
          render={({ field }) => (
            <Field label={t("role")} hint={t(`roles.${field.value}`)} error={errors.role?.message}>
              <Select<Role>
                value={field.value}
                onValueChange={field.onChange}
                options={grantableRoles(role).map((value) => ({ value, label: roles(value) }))}
              />
            </Field>
          )}
        />
      </form>
    </Dialog>
  );
}
