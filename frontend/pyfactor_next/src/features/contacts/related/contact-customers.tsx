"use client";

import { useQuery } from "@tanstack/react-query";
import { Building2, Link2 } from "lucide-react";
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

const LinkDialog = dynamic(() => import("./link-dialog").then((m) => m.LinkDialog), {
  ssr: false,
});

interface ContactCustomersProps {
  contactId: string;
  /** The contact's. */
  name: string;
  isReadOnly: boolean;
}

/** Whom a contact stands for. */
export function ContactCustomers({ contactId, name, isReadOnly }: ContactCustomersProps) {
  const t = useTranslations("contacts.links");
  const { slug, canWrite } = useSession();
  const { data, error, refetch, isRefetching } = useQuery(linksQuery(slug, { contact: contactId }));
  const [isLinking, setLinking] = useState(false);
  useWish("customer", () => setLinking(true));
  if (error && !data) {
    return <ApiErrorState error={error} onRetry={() => void refetch()} isRetrying={isRefetching} />;
  }
  if (!data) return <Skeleton aria-busy className="h-24 rounded-lg" />;
  const canChange = canWrite && !isReadOnly;
  const action = canChange ? (
    <Button size="sm" onClick={() => setLinking(true)}>
      <Link2 aria-hidden />
      {t("linkCustomer")}
    </Button>
  ) : null;
  return (
    <div className="flex flex-col gap-3">
      {data.length === 0 ? (
        <EmptyState
          kind="first-use"
          icon={<Building2 />}
          title={t("noCustomers")}
          description={canChange ? t("noCustomersHint", { name }) : null}
          actions={action}
          className="py-8"
        />
      ) : (
        <>
          <div className="flex justify-end">{action}</div>
          <ul
            aria-label={t("customers", { name })}
            className="divide-y overflow-hidden rounded-lg bg-raised ring-1 ring-line"
          >
            {data.map((link) => (
              <Row key={link.id} link={link} canChange={canChange} />
            ))}
          </ul>
        </>
      )}
      {isLinking ? (
        <LinkDialog
          to={{ contact: contactId }}
          name={name}
          linked={data.map((link) => link.customer)}
          isFirst={false}
          onClose={() => setLinking(false)}
        />
      ) : null}
    </div>
  );
}

function Row({ link, canChange }: { link: Link; canChange: boolean }) {
  const t = useTranslations("contacts");
  const { slug } = useSession();
  const links = useLinks();
  return (
    <li className="flex items-center gap-3 px-3.5 py-2.5 text-sm">
      <Avatar name={link.customer_name} size="sm" shape="square" />
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-1">
        <NextLink
          href={`/${slug}/customers/${link.customer}`}
          prefetch={false}
          dir="auto"
          className="truncate font-medium underline-offset-4 hover:underline"
        >
          {link.customer_name}
        </NextLink>
        {link.is_primary ? <Badge tone="accent">{t("links.isPrimary")}</Badge> : null}
        <Badge>{t(`roles.${link.role}`)}</Badge>
      </div>
      {canChange ? <LinkMenu link={link} name={link.customer_name} links={links} /> : null}
    </li>
  );
}
