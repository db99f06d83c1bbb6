"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Mail } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { ApiErrorState, useErrorToast, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { toast } from "@/ui/toast";
import { type InvitationItem, invitationsQuery } from "./queries";
import { outranks } from "./roles";

/** Those who are invited and have not answered; nothing when there are none. */
export function PendingInvitations() {
  const t = useTranslations("settings.members");
  const { slug } = useSession();
  const { data: pending, error, refetch } = useQuery(invitationsQuery(slug));
  if (error) return <ApiErrorState error={error} onRetry={() => void refetch()} />;
  if (!pending?.length) return null;
  return (
    <section aria-labelledby="pending-invitations" className="flex flex-col gap-2">
      <div>
        <h3 id="pending-invitations" className="text-sm font-semibold">
          {t("pending")}
        </h3>
        <p className="text-sm text-muted">{t("pendingDescription")}</p>
      </div>
      <ul className="divide-y overflow-hidden rounded-lg bg-raised ring-1 ring-line">
        {pending.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} />
        ))}
      </ul>
    </section>
  );
}

function InvitationRow({ invitation }: { invitation: InvitationItem }) {
  const t = useTranslations("settings.members");
  const roles = useTranslations("common.roles");
  const format = useFormatter();
  const { slug, role } = useSession();
  const queries = useQueryClient();
  const showError = useErrorToast();
  const { email } = invitation;
  const reload = () => queries.invalidateQueries({ queryKey: invitationsQuery(slug).queryKey });
  const withdraw = useMutation({
    mutationFn: () =>
      djangoApi.delete("/api/tenants/current/invitations/{invitation_id}/", {
        path: { invitation_id: invitation.id },
      }),
    onSuccess: () => toast.success(t("withdrawn", { email })),
    onError: (error) => showError(error, t("failed")),
    onSettled: reload,
  });
  const again = useMutation({
    mutationFn: () =>
      djangoApi.post("/api/tenants/current/invitations/", { email, role: invitation.role }),
    onSuccess: () => toast.success(t("invited", { email })),
    onError: (error) => showError(error, t("inviteFailed")),
    onSettled: reload,
  });
  const until = format.dateTime(new Date(invitation.expires_at), { dateStyle: "medium" });
  return (
    <li className="flex min-h-15 flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2">
      <span className="flex size-8 shrink-0 items-center justify-center rounded-full bg-sunken text-muted">
        <Mail aria-hidden className="size-4" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm font-medium">{email}</p>
        <p className="text-xs text-muted">
          {roles(invitation.role)} · {t("until", { when: until })}
        </p>
      </div>
      {outranks(invitation.role, role) ? null : (
        <Button
          size="sm"
          variant="ghost"
          busy={again.isPending}
          aria-label={t("againLabel", { email })}
          onClick={() => again.mutate()}
        >
          {t("again")}
        </Button>
      )}
      <Button
        size="sm"
        busy={withdraw.isPending}
        aria-label={t("withdrawLabel", { email })}
        onClick={() => withdraw.mutate()}
      >
        {t("withdraw")}
      </Button>
    </li>
  );
}
