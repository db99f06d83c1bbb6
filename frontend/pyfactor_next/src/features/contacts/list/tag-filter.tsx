"use client";

import type { ReactElement } from "react";
import { useTranslations } from "use-intl";
import { TagOptions } from "@/features/tags";
import { Popover } from "@/ui/popover";

interface TagFilterProps {
  trigger: ReactElement;
  isOpenAtFirst: boolean;
  selected: readonly string[];
  onChange: (selected: string[]) => void;
}

/** Tags of which a contact has to carry one. */
export default function TagFilter(props: TagFilterProps) {
  const t = useTranslations("contacts.fields");
  return (
    <Popover
      label={t("tags")}
      className="w-64"
      isOpenAtFirst={props.isOpenAtFirst}
      trigger={props.trigger}
    >
      <TagOptions selected={props.selected} onChange={props.onChange} canCreate={false} />
    </Popover>
  );
}
