"use client";

import { RotateCcw, Trash2 } from "lucide-react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { Button } from "@/ui/button";
import { IconButton } from "@/ui/icon-button";
import { useTrashContact } from "../mutations";
import { Reach } from "../related/reach";
import type { Contact } from "../types";

interface ContactHeaderProps {
  contact: Contact;
  isReadOnly: boolean;
  onTrashed: () => void;
}

/** Who it is and how she is reached, at a glance. */
export function ContactHeader({ contact, isReadOnly, onTrashed }: ContactHeaderProps) {
  const t = useTranslations("contacts");
  const { canWrite } = useSession();
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
        {isReadOnly ? null : (
          <IconButton label={t("record.delete")} onClick={() => void remove()} busy={isPending}>
            <Trash2 aria-hidden />
          </IconButton>
        )}
      </header>
      {contact.deleted_at === null ? null : (
        <div className="flex flex-wrap items-center gap-3 rounded-lg bg-danger-soft px-3.5 py-2.5 text-sm text-danger-ink">
          <Trash2 aria-hidden className="size-4 shrink-0" />
          <p className="min-w-0 flex-1">{t("trash.banner")}</p>
          {canWrite ? (
            <Button size="sm" busy={isPending} onClick={() => void restore(contact)}>
              <RotateCcw aria-hidden />
              {t("trash.restore")}
            </Button>
          ) : null}
        </div>
      )}
    </>
  );
}
