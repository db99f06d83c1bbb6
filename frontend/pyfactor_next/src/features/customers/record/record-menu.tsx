"use client";

import { Link2, Pencil, Trash2 } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslations } from "use-intl";
import { Menu, MenuItem, MenuSeparator } from "@/ui/menu";
import { toast } from "@/ui/toast";

interface RecordMenuProps {
  id: string;
  trigger: ReactElement;
  isOpenAtFirst: boolean;
  canChange: boolean;
  onEdit: () => void;
  onTrash: () => void;
}

/** What can be done with a whole record. */
export default function RecordMenu(props: RecordMenuProps) {
  const { id, trigger, isOpenAtFirst, canChange, onEdit, onTrash } = props;
  const t = useTranslations("customers.record");
  const copyLink = async (): Promise<void> => {
    const { origin, pathname } = window.location;
    const path = pathname.endsWith(id) ? pathname : `${pathname}/${id}`;
    await navigator.clipboard.writeText(origin + path);
    toast.success(t("copied"));
  };
  return (
    <Menu trigger={trigger} isOpenAtFirst={isOpenAtFirst}>
      <MenuItem icon={<Link2 aria-hidden />} onClick={() => void copyLink()}>
        {t("copyLink")}
      </MenuItem>
      {canChange ? (
        <>
          <MenuItem icon={<Pencil aria-hidden />} keys="e" onClick={onEdit}>
            {t("editAll")}
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={<Trash2 aria-hidden />} danger onClick={onTrash}>
            {t("delete")}
          </MenuItem>
        </>
      ) : null}
    </Menu>
  );
}
