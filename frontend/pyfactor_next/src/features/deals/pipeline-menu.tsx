"use client";

import type { ReactElement } from "react";
import { useTranslations } from "use-intl";
import { Menu, MenuChoice } from "@/ui/menu";
import type { Pipeline } from "./types";

interface PipelineMenuProps {
  trigger: ReactElement;
  isOpenAtFirst: boolean;
  pipelines: readonly Pipeline[];
  /** "" for all of them. */
  value: string;
  hasAll: boolean;
  onChoose: (id: string) => void;
}

export default function PipelineMenu(props: PipelineMenuProps) {
  const { trigger, isOpenAtFirst, pipelines, value, hasAll, onChoose } = props;
  const t = useTranslations("deals.pipeline");
  return (
    <Menu align="start" trigger={trigger} isOpenAtFirst={isOpenAtFirst}>
      <MenuChoice<string>
        label={t("label")}
        value={value}
        options={[
          ...(hasAll ? [{ value: "", label: t("all") }] : []),
          ...pipelines.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onValueChange={onChoose}
      />
    </Menu>
  );
}
