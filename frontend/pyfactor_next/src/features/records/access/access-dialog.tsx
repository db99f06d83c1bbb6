"use client";

import { useQuery } from "@tanstack/react-query";
import { Eye, EyeOff } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { djangoApi, type ResponseBody } from "@/api";
import { ApiErrorState, useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { Dialog } from "@/ui/dialog";
import { Skeleton } from "@/ui/skeleton";

type Access = ResponseBody<"/api/crm/customers/{id}/access/", "get">;
export type AccessResource = "customers" | "contacts" | "deals";

interface AccessDialogProps {
  resource: AccessResource;
  id: string;
  onClose: () => void;
}

const PATHS = {
  customers: "/api/crm/customers/{id}/access/",
  contacts: "/api/crm/contacts/{id}/access/",
  deals: "/api/crm/deals/{id}/access/",
} as const;

/** Who sees a record, and why or why not. */
export function AccessDialog({ resource, id, onClose }: AccessDialogProps) {
  const t = useTranslations("records.access");
  const { slug } = useSession();
  const { data, error, refetch } = useQuery({
    queryKey: [slug, resource, id, "access"],
    queryFn: ({ signal }) => djangoApi.get(PATHS[resource], { path: { id }, signal }),
  });
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("title")}
      description={data ? <Holders holders={data.holders} /> : t("description")}
      width="sm:max-w-md"
    >
      {error ? <ApiErrorState error={error} onRetry={() => void refetch()} /> : null}
      <ul aria-busy={data === undefined} className="divide-y">
        {data === undefined
          ? [1, 2, 3].map((row) => (
              <li key={row} className="flex h-13 items-center gap-3">
                <Skeleton className="size-8 rounded-full" />
                <Skeleton className="w-40" />
              </li>
            ))
          : data.members.map((member) => <MemberRow key={member.member} member={member} />)}
      </ul>
    </Dialog>
  );
}

function Holders({ holders }: { holders: Access["holders"] }) {
  const t = useTranslations("records.access");
  const format = useFormatter();
  if (!holders.length) return t("nobodys");
  const names = [...new Set(holders.map((holder) => holder.name))];
  return t("holders", { names: format.list(names) });
}

function MemberRow({ member }: { member: Access["members"][number] }) {
  const t = useTranslations("records.access");
  const roles = useTranslations("common.roles");
  const Icon = member.can_see ? Eye : EyeOff;
  return (
    <li className="flex min-h-13 items-center gap-3 py-2">
      <Avatar name={member.name} size="md" />
      <div className="min-w-0 flex-1">
        <p dir="auto" className="truncate text-sm font-medium">
          {member.name}
        </p>
        <p className="text-xs text-muted">
          {t(`reasons.${member.reason}`, { role: roles(member.role) })}
        </p>
      </div>
      <span className={member.can_see ? "text-success-ink" : "text-muted"}>
        <Icon aria-hidden className="size-4" />
        <span className="sr-only">{t(member.can_see ? "sees" : "seesNot")}</span>
      </span>
    </li>
  );
}
