"use client";

import { useTranslations } from "use-intl";
import { Select } from "@/ui/select";
import { ROLES, type Role } from "../types";

/** What a contact is for a customer. Inside a Field. */
export function RoleSelect(props: { value: Role; onChange: (role: Role) => void }) {
  const t = useTranslations("contacts.roles");
  return (
    <Select
      value={props.value}
      onValueChange={props.onChange}
      options={ROLES.map((role) => ({ value: role, label: t(role) }))}
    />
  );
}
