"use client";

import { Eye, Link2, Merge, Pencil, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type ReactElement, useState } from "react";
import { useTranslations } from "use-intl";
import { AccessDialog } from "@/features/records";
import { useSession } from "@/features/session";
import { Menu, MenuItem, MenuSeparator } from "@/ui/menu";
import { toast } from "@/ui/toast";

const MergeCustomer = dynamic(() => import("../merge/merge-with").then((m) => m.MergeCustomer));

interface RecordMenuProps {
  id: string;
  name: string;
  trigger: ReactElement;
  isOpenAtFirst: boolean;
  canChange: boolean;
  onEdit: () => void;
  onTrash: () => void;
}

/** What can be done with a whole record. */
export default function RecordMenu(props: RecordMenuProps) {
  const { id, name, trigger, isOpenAtFirst, canChange, onEdit, onTrash } = props;
  const t = useTranslations("customers.record");
  const { slug } = useSession();
  const router = useRouter();
  const [isMerging, setMerging] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const access = useTranslations("records.access");
  const copyLink = async (): Promise<void> => {
    const { origin, pathname } = window.location;
    const path = pathname.endsWith(id) ? pathname : `${pathname}/${id}`;
    await navigator.clipboard.writeText(origin + path);
    toast.success(t("copied"));
  };
  return (
    <>
      <Menu trigger={trigger} isOpenAtFirst={isOpenAtFirst}>
        <MenuItem icon={<Link2 aria-hidden />} onClick={() => void copyLink()}>
          {t("copyLink")}
        </MenuItem>
        <MenuItem icon={<Eye aria-hidden />} onClick={() => setAsking(true)}>
          {access("title")}
        </MenuItem>
        {canChange ? (
          <>
            <MenuItem icon={<Pencil aria-hidden />} keys="e" onClick={onEdit}>
              {t("editAll")}
            </MenuItem>
            <MenuItem icon={<Merge aria-hidden />} onClick={() => setMerging(true)}>
              {t("mergeWith")}
            </MenuItem>
            <MenuSeparator />
            <MenuItem icon={<Trash2 aria-hidden />} danger onClick={onTrash}>
              {t("delete")}
            </MenuItem>
          </>
        ) : null}
      </Menu>
      {isAsking ? (
        <AccessDialog resource="customers" id={id} onClose={() => setAsking(false)} />
      ) : null}
      {isMerging ? (
        <MergeCustomer
          id={id}
          name={name}
          onClose={() => setMerging(false)}
          onMerged={(survivor) => {
            if (survivor !== id) router.push(`/${slug}/customers/${survivor}`);
          }}
        />
      ) : null}
    </>
  );
}
