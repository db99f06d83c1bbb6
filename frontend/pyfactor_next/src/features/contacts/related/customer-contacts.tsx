"use client";

import { useQuery } from "@tanstack/react-query";
import { ContactRound, Link2, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import NextLink from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useWish } from "@/features/records";
import { ApiErrorState, useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { EmptyState } from "@/ui/empty-state";
import { Skeleton } from "@/ui/skeleton";
import { useLinks } from "../mutations";
import { linksQuery } from "../queries";
import type { Link } from "../types";
import { LinkMenu } from "./link-menu";
import { Reach } from "./reach";

const CreateDialog = dynamic(() => import("../form/create-dialog").then((m) => m.CreateDialog), {
  ssr: false,
});
const EditDialog = dynamic(() => import("../form/edit-dialog").then((m) => m.EditDialog), {
  ssr: false,
});
const LinkDialog = dynamic(() => import("./link-dialog").then((m) => m.LinkDialog), {
  ssr: false,
});

interface CustomerContactsProps {
  customerId: string;
  /** The customer's. */
  name: string;
  isReadOnly: boolean;
}

/** Who stands for a customer: new ones, existing ones linked, edited, made the primary one, unlinked. */
export function CustomerContacts({ customerId, name, isReadOnly }: CustomerContactsProps) {
  const t = useTranslations("contacts.links");
  const tContacts = useTranslations("contacts");
  const { slug, canWrite } = useSession();
  const { data, error, refetch, isRefetching } = useQuery(
    linksQuery(slug, { customer: customerId }),
  );
  const [asking, setAsking] = useState<"create" | "link" | null>(null);
  useWish("contact", () => setAsking("create"));
  const [editId, setEditId] = useState<string | null>(null);
  if (error && !data) {
    return <ApiErrorState error={error} onRetry={() => void refetch()} isRetrying={isRefetching} />;
  }
  if (!data) return <Skeleton aria-busy className="h-24 rounded-lg" />;
  const canChange = canWrite && !isReadOnly;
  const actions = canChange ? (
    <>
      <Button size="sm" onClick={() => setAsking("link")}>
        <Link2 aria-hidden />
        {t("linkContact")}
      </Button>
      <Button size="sm" onClick={() => setAsking("create")}>
        <Plus aria-hidden />
        {tContacts("new")}
      </Button>
    </>
  ) : null;
  return (
    <div className="flex flex-col gap-3">
      {data.length === 0 ? (
        <EmptyState
          kind="first-use"
          icon={<ContactRound />}
          title={t("noContacts")}
          description={canChange ? t("noContactsHint", { name }) : t("noContactsRead")}
          actions={actions}
          className="py-8"
        />
      ) : (
        <>
          <div className="flex flex-wrap justify-end gap-2">{actions}</div>
          <ul
            aria-label={t("contacts", { name })}
            className="divide-y overflow-hidden rounded-lg bg-raised ring-1 ring-line"
          >
            {data.map((link) => (
              <Row
                key={link.id}
                link={link}
                {...(canChange ? { onEdit: () => setEditId(link.contact) } : {})}
              />
            ))}
          </ul>
        </>
      )}
      {asking === "create" ? (
        <CreateDialog
          customer={{ value: customerId, label: name }}
          isFirst={data.length === 0}
          onClose={() => setAsking(null)}
        />
      ) : null}
      {asking === "link" ? (
        <LinkDialog
          to={{ customer: customerId }}
          name={name}
          linked={data.map((link) => link.contact)}
          isFirst={data.length === 0}
          onClose={() => setAsking(null)}
        />
      ) : null}
      {editId ? <EditDialog id={editId} onClose={() => setEditId(null)} /> : null}
    </div>
  );
}

/** One contact. Without `onEdit` it is only looked at. */
function Row({ link, onEdit }: { link: Link; onEdit?: () => void }) {
  const t = useTranslations("contacts");
  const { slug } = useSession();
  const links = useLinks();
  return (
    <li className="flex items-start gap-3 px-3.5 py-2.5 text-sm">
      <Avatar name={link.contact_name} size="md" />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <NextLink
            href={`/${slug}/contacts/${link.contact}`}
            prefetch={false}
            dir="auto"
            className="truncate font-medium underline-offset-4 hover:underline"
          >
            {link.contact_name}
          </NextLink>
          {link.is_primary ? <Badge tone="accent">{t("links.primary")}</Badge> : null}
          <Badge>{t(`roles.${link.role}`)}</Badge>
        </div>
        {link.contact_job_title ? (
          <p className="truncate text-xs text-muted">{link.contact_job_title}</p>
        ) : null}
        <Reach
          phone={link.contact_phone}
          extension={link.contact_phone_extension}
          email={link.contact_email}
          doNotCall={link.contact_do_not_call}
          doNotEmail={link.contact_do_not_email}
        />
      </div>
      {onEdit ? (
        <LinkMenu link={link} name={link.contact_name} links={links} onEdit={onEdit} />
      ) : null}
    </li>
  );
}
