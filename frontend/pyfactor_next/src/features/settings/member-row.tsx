"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, UserCheck, UserX } from "lucide-react";
import { useTranslations } from "use-intl";
import { djangoApi, type RequestBody, type ResponseBody } from "@/api";
import { membersQuery, meQuery, type Role, useErrorToast, useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { Badge } from "@/ui/badge";
import { IconButton } from "@/ui/icon-button";
import { Menu, MenuChoice, MenuGroup, MenuItem, MenuSeparator } from "@/ui/menu";
import { toast } from "@/ui/toast";
import { grantableRoles, outranks } from "./roles";

type Member = ResponseBody<"/api/tenants/current/members/", "get">["results"][number];
type Changes = RequestBody<"/api/tenants/current/members/{membership_id}/", "patch">;

export function MemberRow({ member }: { member: Member }) {
  const t = useTranslations("settings.members");
  const roles = useTranslations("common.roles");
  const { membershipId, role, canAdminister } = useSession();
  const mayChange = canAdminister && !outranks(member.role, role);
  return (
    <li className="flex min-h-15 items-center gap-3 px-4 py-2">
      <Avatar name={member.display_name} size="md" />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2 text-sm font-medium">
          <span className="truncate">{member.display_name}</span>
          {member.id === membershipId ? <Badge tone="accent">{t("you")}</Badge> : null}
          {member.status === "disabled" ? <Badge>{t("disabled")}</Badge> : null}
        </p>
        <p className="text-xs text-muted">{t(`roles.${member.role}`)}</p>
      </div>
      <span className="text-sm text-muted">{roles(member.role)}</span>
      {mayChange ? <MemberMenu member={member} /> : null}
    </li>
  );
}

function MemberMenu({ member }: { member: Member }) {
  const t = useTranslations("settings.members");
  const roles = useTranslations("common.roles");
  const { role, membershipId } = useSession();
  const change = useChangeMember(member);
  const name = member.display_name;
  return (
    <Menu
      trigger={
        <IconButton label={t("actions", { name })} busy={change.isPending}>
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuGroup label={t("changeRole")}>
        <MenuChoice<Role>
          label={t("changeRole")}
          value={member.role}
          onValueChange={(next) => change.mutate({ role: next })}
          options={grantableRoles(role).map((value) => ({ value, label: roles(value) }))}
        />
      </MenuGroup>
      {member.id === membershipId ? null : (
        <>
          <MenuSeparator />
          {member.status === "active" ? (
            <MenuItem
              danger
              icon={<UserX aria-hidden />}
              onClick={() => change.mutate({ status: "disabled" })}
            >
              {t("disable")}
            </MenuItem>
          ) : (
            <MenuItem
              icon={<UserCheck aria-hidden />}
              onClick={() => change.mutate({ status: "active" })}
            >
              {t("enable")}
            </MenuItem>
          )}
        </>
      )}
    </Menu>
  );
}

function useChangeMember(member: Member) {
  const t = useTranslations("settings.members");
  const roles = useTranslations("common.roles");
  const { slug, membershipId } = useSession();
  const queries = useQueryClient();
  const showError = useErrorToast();
  const name = member.display_name;
  const send = (changes: Changes) =>
    djangoApi.patch("/api/tenants/current/members/{membership_id}/", changes, {
      path: { membership_id: member.id },
    });
  const change = useMutation({
    mutationFn: send,
    onSuccess: (now) => {
      const text =
        now.status !== member.status
          ? t(now.status === "disabled" ? "disabledNow" : "enabledNow", { name })
          : t("roleChanged", { name, role: roles(now.role) });
      const before: Changes = { role: member.role, status: member.status };
      toast.success(text, { undo: { label: t("undo"), run: () => change.mutate(before) } });
    },
    onError: (error) => showError(error, t("failed")),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: membersQuery(slug).queryKey }),
        member.id === membershipId
          ? queries.invalidateQueries({ queryKey: meQuery.queryKey })
          : undefined,
      ]),
  });
  return change;
}
