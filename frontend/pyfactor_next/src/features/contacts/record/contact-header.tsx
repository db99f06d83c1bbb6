"use client";

import { Merge, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { AccessButton, TrashBanner } from "@/features/records";
import { useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { IconButton } from "@/ui/icon-button";
import { useTrashContact } from "../mutations";
import { Reach } from "../related/reach";
import type { Contact } from "../types";

const MergeContact = dynamic(() => import("../merge/merge-with").then((m) => m.MergeContact));

interface ContactHeaderProps {
  contact: Contact;
  isReadOnly: boolean;
  onTrashed: () => void;
}

/** Who it is and how she is reached, at a glance. */
export function ContactHeader({ contact, isReadOnly, onTrashed }: ContactHeaderProps) {
  const t = useTranslations("contacts");
  const { slug } = useSession();
  const router = useRouter();
  const [isMerging, setMerging] = useState(false);
  const { trash, restore, isPending } = useTrashContact();
  const remove = async (): Promise<void> => {
    if (await trash(contact)) onTrashed();
  };
  const place = [contact.job_title, contact.department].filter(Boolean).join(" · ");
  return (
    <>
      <header className="flex items-start gap-3">
        <Avatar name={contact.display_name} size="lg" />
        <div className="flex min-w-0 flex-1 flex-col gap-0.5">
          <h1 dir="auto" className="text-xl font-semibold tracking-[-0.01em] break-words">
            {contact.display_name}
          </h1>
          {place ? <p className="text-sm text-muted">{place}</p> : null}
          <Reach
            phone={contact.phone ?? ""}
            extension={contact.phone_extension ?? ""}
            email={contact.email ?? ""}
            doNotCall={contact.do_not_call ?? false}
            doNotEmail={contact.do_not_email ?? false}
          />
        </div>
        <AccessButton resource="contacts" id={contact.id} />
        {isReadOnly ? null : (
          <div className="flex">
            <IconButton label={t("record.mergeWith")} onClick={() => setMerging(true)}>
              <Merge aria-hidden />
            </IconButton>
            <IconButton label={t("record.delete")} onClick={() => void remove()} busy={isPending}>
              <Trash2 aria-hidden />
            </IconButton>
          </div>
        )}
      </header>
      {isMerging ? (
        <MergeContact
          id={contact.id}
          name={contact.display_name}
          onClose={() => setMerging(false)}
          onMerged={(survivor) => {
            if (survivor !== contact.id) router.push(`/${slug}/contacts/${survivor}`);
          }}
        />
      ) : null}
      {contact.deleted_at === null ? null : (
        <TrashBanner
          text={t("trash.banner")}
          isBusy={isPending}
          onRestore={() => void restore(contact)}
        />
      )}
    </>
  );
}
