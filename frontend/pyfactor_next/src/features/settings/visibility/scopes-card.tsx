"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { djangoApi, isApiError } from "@/api";
import { ApiErrorState, useErrorToast, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Segmented } from "@/ui/segmented";
import { Skeleton } from "@/ui/skeleton";
import { toast } from "@/ui/toast";
import { SCOPES, type Scope, type Scopes, scopesQuery } from "./queries";

const NARROWED = ["member", "viewer"] as const;

/** Whose records members and viewers see. */
export function ScopesCard() {
  const { slug } = useSession();
  const { data, error, refetch } = useQuery(scopesQuery(slug));
  if (error) return <ApiErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-64 rounded-lg" />;
  return <ScopesForm saved={data} />;
}

function ScopesForm({ saved }: { saved: Scopes }) {
  const t = useTranslations("settings.visibility");
  const { slug, canAdminister } = useSession();
  const queries = useQueryClient();
  const showError = useErrorToast();
  const [chosen, setChosen] = useState<Scopes>(saved);
  const save = useMutation({
    mutationFn: () => djangoApi.patch("/api/tenants/current/scopes/", chosen),
    onSuccess: (answer) => {
      queries.setQueryData(scopesQuery(slug).queryKey, answer);
      toast.success(t("saved"));
    },
    onError: (error) => {
      // She closed the dialog that asked who she is.
      if (isApiError(error) && error.code === "reauthentication_required") return;
      showError(error, t("failed"));
    },
  });
  const isSame = NARROWED.every((role) => chosen[role] === saved[role]);
  return (
    <Card
      title={t("title")}
      description={t("description")}
      footer={
        canAdminister ? (
          <Button
            variant="primary"
            busy={save.isPending}
            disabled={isSame}
            onClick={() => save.mutate()}
          >
            {t("save")}
          </Button>
        ) : null
      }
    >
      <div className="flex max-w-lg flex-col gap-4">
        {NARROWED.map((role) => (
          <RoleScope
            key={role}
            role={role}
            value={chosen[role]}
            disabled={!canAdminister}
            onChange={(scope) => setChosen({ ...chosen, [role]: scope })}
          />
        ))}
        <p className="text-sm text-muted">{t("note")}</p>
      </div>
    </Card>
  );
}

interface RoleScopeProps {
  role: (typeof NARROWED)[number];
  value: Scope;
  disabled: boolean;
  onChange: (scope: Scope) => void;
}

function RoleScope({ role, value, disabled, onChange }: RoleScopeProps) {
  const t = useTranslations("settings.visibility");
  return (
    <Segmented<Scope>
      label={t(`of.${role}`)}
      hint={t(`hints.${value}`)}
      value={value}
      onValueChange={onChange}
      disabled={disabled}
      options={SCOPES.map((scope) => ({ value: scope, label: t(`scopes.${scope}`) }))}
    />
  );
}
