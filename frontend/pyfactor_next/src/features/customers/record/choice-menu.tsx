"use client";

import type { ReactElement } from "react";
import { useTranslations } from "use-intl";
import { Menu, MenuChoice } from "@/ui/menu";
import { KINDS, STAGES, STATUSES } from "../types";
import type { ChoiceName } from "./choice-property";

interface ChoiceMenuProps {
  name: ChoiceName;
  value: string;
  trigger: ReactElement;
  isOpenAtFirst: boolean;
  onChoose: (value: string) => void;
}

/** The values that a field of a few fixed ones can have. */
export default function ChoiceMenu(props: ChoiceMenuProps) {
  const { name, value, trigger, isOpenAtFirst, onChoose } = props;
  const t = useTranslations("customers");
  const options = {
    kind: KINDS.map((each) => ({ value: each, label: t(`kinds.${each}`) })),
    stage: STAGES.map((each) => ({ value: each, label: t(`stages.${each}`) })),
    status: STATUSES.map((each) => ({ value: each, label: t(`statuses.${each}`) })),
  };
  return (
    <Menu align="start" trigger={trigger} isOpenAtFirst={isOpenAtFirst}>
      <MenuChoice<string>
        label={t(`fields.${name}`)}
        value={value}
        options={options[name]}
        onValueChange={onChoose}
      />
    </Menu>
  );
}
