"use client";

import { Building2, UserRound } from "lucide-react";
import { useTranslations } from "use-intl";
import { Segmented } from "@/ui/segmented";
import { type CustomerValues, KINDS } from "../types";

interface KindChoiceProps {
  value: CustomerValues["kind"];
  onChange: (kind: CustomerValues["kind"]) => void;
}

const icons = { business: <Building2 aria-hidden />, person: <UserRound aria-hidden /> };

/** Business or person: decides which name is asked for. */
export function KindChoice({ value, onChange }: KindChoiceProps) {
  const t = useTranslations("customers");
  return (
    <Segmented
      label={t("fields.kind")}
      isLabelHidden
      value={value}
      onValueChange={onChange}
      options={KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`), icon: icons[kind] }))}
    />
  );
}
